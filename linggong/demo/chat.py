"""A morning in the town's groups, exported and pasted by the clerk: clean offers, doubtful ones, repeats, talk."""

from collections.abc import Sequence
from datetime import timedelta

from linggong.demo.people import clerk
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.messages import operations

GROUP = "潞州区零工互助一群"
MORNING = (
    ("群主", "早上好！今天降温，出工多穿点"),
    ("赵工头", "招瓦工4名，一天320，明天早7点到晚6点，马厂镇龙湾花园二期，管午饭，日结，电话{0}"),
    ("小芳", "明天北董新区搬家，要3个搬运工，一人180，上午8点到12点，干完就结，联系{1}"),
    ("李姐", "本人女，48岁，会做保洁做饭，有健康证，想在英雄中路附近找个白天的活，一天150左右，13903551206"),
    ("信达物流", "【急招】装卸工10名，老顶山街道物流园，今晚8点到明早5点，一晚280，管一顿饭，有班车，电话{2}"),
    ("阿强", "谁有电动车充电器借一下"),
    ("发财门路", "在家打字日结300，不用出门不用技术，手机就能做，先交资料费99，加微信 zq88996"),
    ("王会计", "招饭店服务员2名，只要女的，30岁以下，一天140，中午10点到晚上9点，英雄南路老赵饭店，电话{3}"),
    ("赵工头", "招瓦工6名，一天320，明天早7点到晚6点，马厂镇龙湾花园二期，管午饭，日结，电话{0}"),
    ("陈老板", "西白兔乡果园收苹果，20人，后天开始干三天，每天早7点到下午6点，一天160，管午饭接送，电话{4}"),
    ("刘师傅", "本人男，39岁，水电工，有低压电工证，会贴砖，找活，明天有空，电话13703552217"),
    ("周姐家政", "需要住家保姆一名，照顾八十岁老人，4500一个月，管吃住，有经验，太东街道，13635550918"),
    ("工地老孙", "招小工5个，每天早5点到晚9点，一天260，身份证押工头那里，五马街道，15935551673"),
    ("信达物流", "装卸工10名，老顶山街道物流园，今晚8点到明早5点，一晚280，管一顿饭，有班车，{2}"),
    ("阿强", "找到了，谢谢"),
    ("美味饭店", "1、后厨切配1名，4200/月\n2、洗碗工2名，2600/月\n3、传菜员1名，2800/月\n英雄中路，管吃，电话{3}"),
    ("陈老板", "收苹果的人够了，不用再打电话了，谢谢大家"),
    ("小芳", "马厂镇幼儿园招保洁1名，一天70，早8点到下午5点，明天开始，电话{1}"),
)


def receive_morning(employers: Sequence[Employer]) -> None:
    """The clerk pastes what was said in the last hour; the telephones are those of the county's employers."""
    with within(system("demo")):
        approved = Employer.objects.filter(pk__in=[each.pk for each in employers], state="approved").order_by(
            "created_at"
        )
        telephones = [each.telephone.open() for each in approved[:5]]
    began = clock.local(clock.now() - timedelta(minutes=3 * len(MORNING)))
    lines = [
        f"{began + timedelta(minutes=3 * n):%Y-%m-%d %H:%M:%S} {sender}\n{words.format(*telephones)}"
        for n, (sender, words) in enumerate(MORNING)
    ]
    operations.receive(words=operations.of_text("\n".join(lines)), by=clerk(), way="paste", label=GROUP)
    operations.read_all_waiting()
