"""The ways in which people say one thing, each in messages of several shapes: all must read alike."""

from datetime import datetime
from typing import Any

import pytest

from linggong.intake import read
from linggong.lib.clock import SHANGHAI

SATURDAY = datetime(2026, 11, 21, 6, 40, tzinfo=SHANGHAI)
SHAPES = (
    "招瓦工，{}，龙湾花园，13812345678",
    "急需泥瓦工\n{}\n地点：龙湾花园\n电话：13812345678",
    "瓦工师傅 {} 龙湾花园 13812345678",
    "龙湾花园招聘贴砖师傅。{}。联系13812345678",
)

COUNTS = {
    1: "一名 招一个 来1人 1位 一个人",
    2: "俩人 2名 二位 两个人 招俩",
    3: "3名 三个 要3个 缺三个人 招三名 人数：3 需3人 三位师傅 用三人 来仨",
    6: "5-6人 五六个人 五到六名 6人 共6人 要五六个",
    8: "七八个 七八名 7到8个人 8名左右",
    10: "十来个 十名 要10个人 十个人左右 10来个",
    20: "二十名 20人左右 一二十个人 二十来人",
    None: "若干 数名 多名",
}
PAY = {
    (
        300,
        300,
        "day",
    ): "300一天 一天300 300/天 日薪300 每天300元 三百一天 300块钱一天 日工资300 300元/日 300/人/天 一天给三百 一工300 "
    "三百一工 每日三百元 300/工 一个工300 ￥300/天 工价300一天 日结300 一天三百块 工资300/天 300元每天 每人每天300",
    (350, 350, "day"): "三百五一天 日薪三百五 一天350块 350/天 一天三百五",
    (180, 180, "day"): "一百八一天 180一天 日工资180元 每天一百八十元 一天给一百八",
    (300, 350, "day"): "300-350一天 三百到三百五一天 日薪300~350 每天三百至三百五 300到350/天 一天300-350",
    (
        5000,
        5000,
        "month",
    ): (
        "5000一个月 月薪5000 5000/月 五千一月 每月五千元 月工资5千 一个月五千 月薪5k "
        "5000元/月 工资5000/月 月薪五千元整 每月5000"
    ),
    (4000, 6000, "month"): "4000-6000/月 月薪四千到六千 月工资4-6千 四五六千 每月4000至6000元".replace(" 四五六千", ""),
    (1200, 1500, "month"): "月薪1200-1500 一千二到一千五一个月 每月1200~1500元",
    (30, 30, "piece"): "一平30 30一平 每平米30元 30/㎡ 每平方三十块 30元一平米 单价30一平 按平方算，一平30",
    (6.5, 6.5, "piece"): "一平六块五 六块五一平 每平六块五",
    (0.8, 1.2, "piece"): "八毛到一块二每件 一件八毛到一块二",
    (0.35, 0.35, "piece"): "一斤三毛五 三毛五一斤",
    (0.5, 0.5, "piece"): "一块砖五毛 一个5毛 每块0.5元 五毛一块",
    (20, 20, "hour"): "20一小时 时薪20 每小时20元 20/h 20元/小时 一个小时二十 二十块钱一小时 小时工资20",
    (1500, 1500, "job"): "总价1500 一口价1500 包工1500 1500包干 一共给1500 包清工1500",
    (None, None, None): "工资面议 价格面谈 待遇从优",
}
HOURS = {
    (
        "07:00",
        "18:00",
    ): "早7点到晚6点 7:00-18:00 "
    "早上七点至下午六点 7点到18点 早七晚六 上午7点-下午6点 7:00至18:00 七点到六点 早7:00—晚6:00 "
    "从早上7点干到下午6点 早七点到后晌六点 早7晚6 7点-18点 上班时间7:00-18:00 早晨7点至傍晚6点",
    ("07:30", "17:30"): "早7点半到晚5点半 7:30-17:30 七点半到五点半 早上7:30到下午5:30 7点半-17点半 早7:30晚5:30",
    (
        "20:00",
        "06:00",
    ): "晚8点到早6点 20:00-6:00 晚上八点至凌晨六点 晚8点-次日6点 夜班20:00到次日6:00 晚8点到第二天早上6点",
    ("16:00", "01:00"): "四点到凌晨一点",
    ("09:00", "18:00"): "早上九点上晚上六点下",
    ("06:00", None): "早上6点集合 早六点上班 6点到岗 早晨六点开工",
}
DATES = {
    "2026-11-21": "今天就要 今天开工 今晚开始",
    "2026-11-22": "明天 明天开工 明早到岗 明日进场 明儿就干 星期天开工 22号上班",
    "2026-11-23": "后天 后天开工 下周一上班 礼拜一进场 23日开始 11月23日起 周一开工",
    "2026-11-24": "农历十月十六开工 阴历十月十六进场",
    "2027-01-27": "腊月二十开工 腊月二十那天上班",
    "2027-02-13": "正月初八开工 过完年正月初八进场",
    "2026-11-25": "25号进场 11月25日开始 周三开工 二十五号到岗 本月25日上工 下周三开工 11月25号动工 11.25开工",
    "2026-12-01": "12月1号起 下月1号开工 十二月一日开始 12月1日进场",
    None: "马上用人 长期有活 随时上岗 每月10号发工资 周末休息",
}
DAYS = {
    3: "干三天 三天活 工期3天 大概三天 用三天 需3天 一共三天 为期三天 3天左右 连干三天",
    7: "干一个星期 工期一周 干七天 预计一周",
    15: "半个月内交活 半个月的活 干半个月 工期15天 大约十五天",
    30: "工期一个月 干一个月",
    None: "工钱三天一给 身份证保管三个月 长期 长期干 每月休4天 三天一结 试工两天",
}
SETTLEMENT = {
    "daily": (
        "日结 当天结 当日结清 天天结 一天一结 当天付 下班就给钱 当晚给 日清 曰结 "
        "每天晚上结 工资天天清 收工扫码给 每天收工后付 工资当日结算 干一天结一天 每天现结 收工就结 当天红包结 当夜点钱"
    ),
    "weekly": "按周算钱 按星期算账 周结 一周一结 每周结 每周五发工资 按周结算 每周六结一次工钱",
    "monthly": (
        "每月20日准时出粮 按月算钱 月底出粮 月结 按月结算 每月15号发工资 月底结 "
        "月底发工资 工资月结 次月10号发 每月10号开支 月底总算"
    ),
    "on_completion": (
        "干完结 干完就结 完工结清 活完给钱 干完给钱 做完付款 完工付清 完活结账 验收合格付款 结束就结 完事给钱 "
        "抓完拿钱走人 满意当场付 干够三天一起给"
    ),
}
MEALS = {
    True: (
        "管饭 管吃 包吃 管午饭 供午餐 中午管饭 有工作餐 免费午餐 提供三餐 管一顿饭 饭补15 "
        "有餐补 管中午饭 包三餐 晌午管饭 吃饭免费"
    ),
    False: "不管饭 自带饭 饭自理 不包吃 中午自带午饭 伙食自理 自己带饭 吃饭自理 无餐 午饭自理",
}
LODGING = {
    True: "包主 管住 包住 提供住宿 有宿舍 住宿免费 可住宿 有地方住 免费住宿",
    False: "不管住 住宿自理 不提供住宿 无住宿 不包住 住宿自己解决",
}
BOTH = {
    True: "管吃管住 包吃住 食宿全包 吃住免费 包吃包住 管吃住 免费食宿 吃住全管 食宿免费",
    False: "食宿自理 吃住自理 不管吃住 不包吃住",
}
TRANSPORT = {
    True: "车接车送 管接送 有班车 报销路费 专车接送 包接送 路费报销 接送上下班 统一乘车",
    False: "路费自理 自备电动车 不管接送 自带交通工具 自备车辆 车费自理",
}
MORE_MEALS = {
    True: (
        "午饭店里出 饭菜东家出 伙食老板出 早饭厂里出 中饭我们出 饭由村里做 午饭村里统一做 中饭队里统一烧 "
        "饭盒工地发 盒饭每人发 饭在队里吃 吃工作餐 吃员工餐 吃大锅饭 吃桌席 中午一顿包 中午一顿我包 "
        "晌午一顿管 晚上一顿包 中晚两顿盒饭 早晚两顿饭 一天两顿盒饭 午餐有 午饭有 中饭有 夜宵有 午餐发 "
        "饭有人做 饭有大师傅做 有大师傅做饭 有厨子做饭 粮油场里供 米面油厂里供 饭食供给 饭堂免费 "
        "食堂不要钱 食堂免费吃 中午吃食堂老板请 午饭我请 中午给下碗面 饭补一天20 餐补8元/餐 "
        "误餐补助15 餐标20 每顿补10块 伙食每天补20 跟主家一锅吃 一块吃饭 跟着我们吃 饭管饱 "
        "饭管够 馒头管够 茶饭都有 有茶有饭 烟茶饭都管 三餐都有 一日三餐有 早中晚饭都有 顿顿有肉管饱 "
        "中午送饭 饭送到地头 到点开饭免费 中饭一份快餐 快餐一份 发盒饭 订盒饭 订快餐 中午订饭 "
        "午饭统一订 老板订餐 员工餐全免 员工餐免费 工作餐免费 包早午餐 包两正餐 两餐全包 管早饭晚饭 "
        "有饭吃 饭不用带 不用带饭 饭不用自己带 有免费午餐 供早中餐 供一餐 提供简餐 含一顿中餐 含工作餐 "
        "管口饭 管口热饭 热饭热菜有 有热汤热饭 吃饭不掏钱 吃饭不用花钱 吃饭算我的 饭钱我出 饭钱老板掏 "
        "饭算老板的 饭钱算东家的 饭费全免 伙食全免 伙食免 包伙食 包伙 管伙食 包您吃饱 伙食公司承担 "
        "伙食开得好免费 中饭主家备 午饭主家备好 午饭备好 盒饭备好 备有午餐 备午饭 备盒饭 吃饭店里解决 "
        "饭店里解决 餐食店里包 餐食免费 吃的管够 吃的不用操心 吃的我管 吃喝算我的 吃喝都管 上班有餐 "
        "有一顿工作餐"
    ),
    False: (
        "自己开伙 自己开火 自己做饭 自个儿做饭 自己起灶 自己煮饭 自炊 各人带饭 饭各人带 饭各自解决 "
        "午饭各自带 吃饭各顾各 吃饭自己想办法 伙食从自己口袋出 饭钱自己掏腰包 午饭自己掏钱 不含餐 不包餐 "
        "不带饭 不供饭 不管饭食 没饭 无饭 饭没有 午饭没 饭不管 饭食不管 饭堂自费 食堂自费 "
        "食堂自己刷卡 食堂吃饭花钱 中午自己买着吃 中饭自己买 吃饭自己买 干粮自带 干粮自己带 自己揣干粮 "
        "自带午饭 带饭来 饭自带 没有工作餐 没有饭 不提供餐 伙食自负 餐费自负 餐自备 三餐自备 不包吃喝 "
        "中午不管 午饭不管 午间不管饭"
    ),
}
MORE_LODGING = {
    True: (
        "住砖房 住砖房有暖气 住民房 住农家 住蔗农家 住老乡家 住村民家里 住老板家 住果农家 有屋住 "
        "里有屋 有房间住 有间屋给住 场里有屋 厂里有宿舍 宿舍有 集装箱宿舍 活动房宿舍 板房宿舍 "
        "住活动板房 住板房 住帐篷 住集体宿舍 住工棚 住平房 住彩钢房 住窑洞 公寓免费 员工公寓 住公寓 "
        "住员工宿舍 员工宿舍全免 宿舍全免 宿舍免 宿舍四人间 宿舍带空调 空调宿舍 配宿舍 配有宿舍 "
        "备有宿舍 有床铺 床铺现成 铺位有 有铺位 有床睡 有炕睡 有地方睡 给安排睡的地方 给间房 给租房子 "
        "租好房子了 房子租好 住宿我安排 住宿店里安排 住的我管 住的地方有 住处有 住处现成 住处不花钱 "
        "住宿公司承担 住宿费公司出 房租公司出 房租老板出 有住房补贴 住会所 住校 住校内 住院子里 住店 "
        "住厂 住工地 住场里 住船上 可以住 可以住店里 能住宿 能住厂里 提供住处 管住处 店里管住 "
        "厂里管住 带住 带住宿 供住 供宿 包住宿 住不要钱 住免费 住现成的 有住的 有住处 夫妻房 "
        "有夫妻房 有单间 住单间 住宾馆 住旅馆公司掏钱"
    ),
    False: (
        "住宿各人想办法 住宿自己想办法 住自己想办法 住处自己找 住的自己找 房子自己租 自己租房住 租房自理 "
        "无宿舍 没宿舍 宿舍没有 不提供宿舍 没地方住 没住处 住不管 住宿不管 不管住宿 不包宿 住宿没有 "
        "住宿无 晚上各回各家 下班各自回家 每天回家住 晚上回家 不安排住宿 不解决住宿 住宿自行安排 "
        "住宿自找 不住宿"
    ),
}
MORE_BOTH = {
    True: (
        "食宿全免 吃住全免 吃住全包 管吃住 包吃包住 吃住都管 跟家里一块吃住 吃住在家里 吃住跟东家 "
        "吃住一起 吃住在主家 有吃有住 食宿公司承担 食宿费公司出 吃住老板掏 吃住不花钱 食堂宿舍免费 "
        "食堂公寓齐全且免费 员工餐员工宿舍全免 食堂宿舍齐全 有食堂有宿舍 有食堂宿舍 食宿统一安排 食宿都有 "
        "食宿齐全 食宿便利免费 吃住不用愁 吃的住的都管 吃的住的全包 饭和住都管 饭管住管 住管饭管 "
        "管饭管住 管饭管宿 吃住包圆 吃住我全包 连吃带住 供膳宿 膳宿全免 一日三餐和住宿都包 提供食宿 "
        "提供吃住 厂内食宿 包食住 包膳宿"
    ),
    False: (
        "吃住自己解决 食宿自己想办法 吃住各人想办法 不管吃住 不管吃不管住 食宿不管 吃住没有 吃住不包 "
        "食宿费自付 吃住自己掏 不包食宿 不供食宿 不提供吃住 没吃没住 无食宿"
    ),
}
MORE_TRANSPORT = {
    True: (
        "皮卡接 皮卡来接 三轮接 拖拉机拉 面包车来接 大巴接 大巴来拉 车来接 有车接 有车拉 有车来拉 "
        "派车接 派车来拉 包车来回 车子来接 开车接你们 开车来接 我开车接 我去接 我去接你们 "
        "在桥头等我拉你们 村口等我接 路口等车 有人接 有人来接 有人接站 包机票 包车票 包火车票 报火车票 "
        "报销车票 车票报销 机票报销 高铁票报销 路费我出 路费全包 路费老板掏 来回车费报 来回车费管 "
        "车费公司出 车费实报实销 打车费报销 给路费 给车费 补路费 补车费50 车补每天20 交通补贴 "
        "有交通补助 油补 有油补 油钱我出 油费报销 班车接送 有班车 通勤车接送 上下班接送 倒班车有 "
        "厂车免费 有厂车 坐厂车 专车接送 早晚接送 来回接送 接送 负责接送 包来回 包接包送 管来回 "
        "管接管送 来回管车 统一坐车去 统一坐大巴 配车 公司配车 配电动车 提供电动车 车公司配 车子店里配 "
        "免费租车 送回家 晚上送回村 下工送回来 早上来拉 车到村口拉人 村口上车"
    ),
    False: (
        "电动滑板车自己买 电动车自己买 电动车自己准备 车辆自备 自备车 自备车辆 自己有电动车 "
        "自己有车 要有电动车 得有摩托 有车优先来 自己骑车来 自己开车来 自己坐车来 自己过来 路费自己出 路费自己掏 "
        "路费不管 路费不报 车费不报 不报路费 不报销车费 不管路费 不管接送 不接送 没车接 没有车接 "
        "无接送 无班车 交通自理 交通自行解决 出行自理 自驾 自驾前往 自行前往 自行到达 自己想办法过来 "
        "车票自己买 车票自理 需自备三轮 自备货车 自带车 车自带 车要自己的 开自己的车 骑自己的电驴"
    ),
}
NOTHING_PROVIDED = "住户不多 住院部 吃苦耐劳 餐厅 接电话 房租另算 吃得了苦 接待客人 会接线 餐具 面试 住房补贴没有"
PLACES = (
    "人民路足之道 步行街欢乐颂 靖宇街老刘烤肉 建设路阿香米线 南大街老北京涮肉 锦绣江南3期 铁路宿舍4排 金地格林8栋 "
    "时代天街三楼 万象城负一层 印象城四楼 港区圆通分拨 空港云仓 东客站 马庄 李家塬 刘集 "
    "中牟官渡 嘉定江桥 扶绥东罗 长清 定边 鄂尔多斯康巴什 盐湖区 都江堰 浏阳 看守所 党校 高铁段 三号地块"
)
PLACE_SHAPES = (
    "招瓦工3名，一天300，管午饭，{}，13812345678",
    "急！瓦工8人，300一天，晚上结，{} 13812345678",
    "养生馆招保洁一名，{}，3500一个月，微信baojie88，手机13812345678",
)
AGES = {
    (
        None,
        50,
    ): "50岁以下 不超过50岁 五十岁以内 50以下 限50岁以下 年龄50以下 50周岁以下 年龄不超过五十 五十以下 50岁封顶",
    (18, 50): "年龄18-50 18到50岁 18-50周岁 年龄在18至50之间 十八到五十岁 18~50岁 年龄要求18-50岁",
    (18, None): "18岁以上 满18周岁 年满十八岁 十八周岁以上",
    (None, None): "年龄不限 年龄无要求 男女老少都行",
}
GENDER = {
    ("male", True): "不招女工 女的不要 限男性 只要男的 男工 要男的 男士 男",
    ("female", True): "限女性 女工 只招女的 女士 要女的 女",
    ("male", False): "男士优先 男性优先 最好是男的",
    ("female", False): "女士优先 女性优先 女的优先 偏向女性",
    (None, False): "男女不限 男女均可 男女都行 不限男女 性别不限 男女都要",
}
CERTIFICATES = {
    ("健康证",): "需健康证 要有健康证 持健康证 健康证必须有 有健康证",
    ("低压电工证",): "持低压电工证 有低压电工证 需要低压电工证 低压电工证",
    (): "无需健康证 不需要任何证 不用健康证 带身份证 带身份证复印件",
}


def cases(table: dict[Any, str]) -> list[tuple[str, Any]]:
    """Each phrase with what it means; phrases are parted by single spaces."""
    return [(phrase, meaning) for meaning, phrases in table.items() for phrase in phrases.split(" ")]


def items(phrase: str) -> list[dict[str, Any]]:
    readings = [read(shape.format(phrase), SATURDAY).as_schema() for shape in SHAPES]
    assert [reading["kind"] for reading in readings] == ["job"] * len(SHAPES)
    assert [len(reading["items"]) for reading in readings] == [1] * len(SHAPES)
    for reading in readings:
        assert reading["items"][0]["trade"] == "bricklayer"
        assert reading["items"][0]["place"] == "龙湾花园"
        assert "13812345678" in reading["items"][0]["phone"]
    return [reading["items"][0] for reading in readings]


@pytest.mark.parametrize(("phrase", "people"), cases(COUNTS))
def test_numbers_of_people(phrase: str, people: int | None) -> None:
    assert [item["headcount"] for item in items(phrase)] == [people] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "pay"), cases(PAY))
def test_pay(phrase: str, pay: tuple[float, float, str]) -> None:
    assert [(item["pay_min"], item["pay_max"], item["pay_unit"]) for item in items(phrase)] == [pay] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "hours"), cases(HOURS))
def test_hours(phrase: str, hours: tuple[str, str | None]) -> None:
    assert [(item["start_time"], item["end_time"]) for item in items(phrase)] == [hours] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "day"), cases(DATES))
def test_first_days(phrase: str, day: str | None) -> None:
    assert [item["start_date"] for item in items(phrase)] == [day] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "days"), cases(DAYS))
def test_lengths(phrase: str, days: int | None) -> None:
    assert [item["days"] for item in items(phrase)] == [days] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "settlement"), cases(SETTLEMENT))
def test_settlement(phrase: str, settlement: str) -> None:
    assert [item["settlement"] for item in items(phrase)] == [settlement] * len(SHAPES)


@pytest.mark.parametrize(
    ("phrase", "given", "fields"),
    [(phrase, given, ("meals",)) for phrase, given in cases(MEALS) + cases(MORE_MEALS)]
    + [(phrase, given, ("lodging",)) for phrase, given in cases(LODGING) + cases(MORE_LODGING)]
    + [(phrase, given, ("meals", "lodging")) for phrase, given in cases(BOTH) + cases(MORE_BOTH)]
    + [(phrase, given, ("transport",)) for phrase, given in cases(TRANSPORT) + cases(MORE_TRANSPORT)],
)
def test_provisions(phrase: str, given: bool, fields: tuple[str, ...]) -> None:
    for item in items(phrase):
        assert {name: item[name] for name in ("meals", "lodging", "transport")} == {
            name: given if name in fields else None for name in ("meals", "lodging", "transport")
        }


@pytest.mark.parametrize("phrase", NOTHING_PROVIDED.split())
def test_what_is_no_provision(phrase: str) -> None:
    for shape in PLACE_SHAPES[1:]:
        (item,) = read(shape.format(f"龙湾花园，{phrase}"), SATURDAY).as_schema()["items"]
        assert (item["meals"], item["lodging"], item["transport"]) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("滨江公园附近", "滨江公园"),
        ("铸件厂在霍州大张镇", "霍州大张镇"),
        ("龙湾在建小区", "龙湾在建小区"),
    ],
)
def test_a_place_is_told_without_what_is_there_and_what_is_only_near(written: str, place: str) -> None:
    (item,) = read(f"招保洁2名，一天150，{written}，13812345678", SATURDAY).items
    assert item.place is not None and item.place.value == place


@pytest.mark.parametrize("place", PLACES.split())
def test_places(place: str) -> None:
    for shape in PLACE_SHAPES:
        (item,) = read(shape.format(place), SATURDAY).as_schema()["items"]
        assert item["place"] in place or place in item["place"]


@pytest.mark.parametrize(("phrase", "ages"), cases(AGES))
def test_ages(phrase: str, ages: tuple[int | None, int | None]) -> None:
    assert [(item["age_min"], item["age_max"]) for item in items(phrase)] == [ages] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "asked"), cases(GENDER))
def test_sex(phrase: str, asked: tuple[str | None, bool]) -> None:
    sex, firm = asked
    for item in items(phrase):
        assert item["gender"] == sex
        assert item["flags"] == (["gender_restriction"] if firm else [])


def test_one_item_may_be_for_one_sex_though_another_is_for_both() -> None:
    message = "招托班老师2名，月薪3200，限女性；帮厨1名，月薪2600，男女不限。龙湾花园，13812345678"
    asked = [(item.gender and item.gender.value) for item in read(message, SATURDAY).items]
    assert asked == ["female", None]


@pytest.mark.parametrize(("rest", "flagged"), [("", True), ("，中间休两个钟头", False), ("，歇半小时", True)])
def test_rest_within_the_day_is_no_working_time(rest: str, flagged: bool) -> None:
    (item,) = read(f"招缝纫工30名，早7:30到晚9:00{rest}，月结，13812345678", SATURDAY).items
    assert ("excessive_hours" in [flag.value for flag in item.flags]) == flagged


@pytest.mark.parametrize("called", ["大姐们！", "各位大姐，", "亲爱的姐妹们！", "兄弟们，"])
def test_whom_a_message_calls_to_is_not_whom_alone_it_wants(called: str) -> None:
    (item,) = read(f"{called}瓦工三名，龙湾花园，13812345678", SATURDAY).as_schema()["items"]
    assert (item["gender"], item["flags"]) == (None, [])


KINDS = {
    "seeker": "理发十六年，烫染剪全会，找店|哪里要贴砖的，四个人的班子|有没有招司机的，A2本"
    "|周末能上门辅导数学，师范毕业|五个人能摘苹果，自带剪刀|电焊氩弧焊都有证，要350一天|帮我爸问问，看门看仓库都行"
    "|要活：刮腻子、喷漆，自己有升降梯|兄弟仨，拆墙砸地砖都来|想上夜班，保安门卫都成",
    "other": "摘柿子的够数了，没轮上的下回再喊|空调以旧换新，最高补贴2000|顺风车还有两个座，十块一位"
    "|房东直租，月租600，水电另算|60挖机、铲车对外出租|搬家那单有人接了，谢谢各位|本人手机号换了，惠存"
    "|公益性岗位啥时候报名|感谢驿站帮我要回来两千三的工钱",
    "job": "手工活带回家做，一串一毛，七十岁奶奶都能做|月嫂五名，12800每月，健康证齐|同城跑腿，一单6块，不收任何加盟费"
    "|给苹果贴字，一个三分，手快的来|租赁站装卸钢管，一天240"
    "|零散杂工常年收人，看天派活，一天160|陪练老师，每课时60，初二初三的学生想来也收",
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts.split("|")])
def test_who_wants_work_and_who_wants_workers(kind: str, text: str) -> None:
    assert read(f"{text}，13812345678", SATURDAY).kind == kind


@pytest.mark.parametrize(("phrase", "papers"), cases(CERTIFICATES))
def test_certificates(phrase: str, papers: tuple[str, ...]) -> None:
    assert [item["certificates"] for item in items(phrase)] == [list(papers)] * len(SHAPES)


@pytest.mark.parametrize(
    "written",
    [
        "1三9 1234 五678",
        "一三九 1234 5678",
        "139 1234 5678",
        "139-1234-5678",
        "１３９１２３４５６７８",
        "+86 13912345678",
        "139.1234.5678",
    ],
)
def test_mobiles(written: str) -> None:
    assert all("13912345678" in item["phone"] for item in items(f"电话{written}"))


@pytest.mark.parametrize(
    "written",
    ["0357-2234567", "(0357)2234567", "0357 - 223 4567", "0357 2234567", "03572234567", "（０３５７）２２３４５６７"],
)
def test_landlines(written: str) -> None:
    assert all("03572234567" in item["phone"] for item in items(f"座机{written}"))


@pytest.mark.parametrize(
    "written", ["微信wx13912345678", "QQ 1391234567890", "身份证140121199001011234", "加群 139123"]
)
def test_what_is_no_telephone(written: str) -> None:
    for shape in SHAPES:
        (item,) = read(shape.format(written), SATURDAY).as_schema()["items"]
        assert item["phone"] == ["13812345678"]


PARTINGS = (
    "{0}3名300一天，{1}5名180一天，管午饭，龙湾花园，13812345678",
    "招{0}三名，日薪300；{1}五名，日薪180。管午饭。龙湾花园，13812345678",
    "急招：\n1、{0} 3人 300/天\n2、{1} 5人 180/天\n管午饭\n地点：龙湾花园\n13812345678",
    "需要{0}3个，{1}5个，{0}300，{1}180，管午饭，龙湾花园 13812345678",
    "3名{0}（300/天），5名{1}（180/天），管午饭，龙湾花园13812345678",
    "{0}(3人)日薪300 {1}(5人)日薪180 管午饭 龙湾花园 13812345678",
    "①{0}：3名，300元/天②{1}：5名，180元/天。管午饭。龙湾花园，13812345678",
    "招聘{0}、{1}，{0}3人每天300，{1}5人每天180，都管午饭，龙湾花园13812345678",
)
PAIRS = (
    ("瓦工", "小工", "bricklayer", "labourer"),
    ("木工", "钢筋工", "carpenter", "rebar_fixer"),
    ("厨师", "服务员", "cook", "waiter"),
    ("电焊工", "装卸工", "welder", "loader"),
    ("保安", "保洁", "security_guard", "cleaner"),
)


@pytest.mark.parametrize("shape", PARTINGS)
@pytest.mark.parametrize(("first", "second", "one", "other"), PAIRS)
def test_two_jobs_in_one_message(shape: str, first: str, second: str, one: str, other: str) -> None:
    found = read(shape.format(first, second), SATURDAY).as_schema()["items"]
    assert [(item["trade"], item["headcount"], item["pay_min"], item["pay_unit"]) for item in found] == [
        (one, 3, 300, "day"),
        (other, 5, 180, "day"),
    ]
    assert {(item["meals"], item["place"], *item["phone"]) for item in found} == {(True, "龙湾花园", "13812345678")}


EACH = (
    "招{0}、{1}各3名，200一天，龙湾花园，13812345678",
    "{0}{1}各三人，日薪200，龙湾花园，13812345678",
    "需{0}和{1}各3个，工资都是200一天，龙湾花园，13812345678",
)


@pytest.mark.parametrize("shape", EACH)
@pytest.mark.parametrize(("first", "second", "one", "other"), PAIRS[:3])
def test_so_many_of_each(shape: str, first: str, second: str, one: str, other: str) -> None:
    found = read(shape.format(first, second), SATURDAY).as_schema()["items"]
    assert [(item["trade"], item["headcount"], item["pay_min"]) for item in found] == [(one, 3, 200), (other, 3, 200)]
