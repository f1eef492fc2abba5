"""Names of businesses, which mostly have no ending that tells a place."""

import re

from linggong.intake.fields.no_place import GENERIC, POOR, good
from linggong.intake.sheet import FRAGMENT, TAKEN, Found
from linggong.intake.signs import Rare, Span

_BUSINESS = (
    "汽修|洗车|制衣|托管|电子|铝材|建材|钢材|木业|羊肉|牛肉|烧烤|火锅|家政|物流|煤业|机械|门窗|家具|服饰|造型|美发|烘焙|教育|舞蹈|"
    "广告|装饰|家电|家居|酒吧|茶社|咖啡|数码|通讯|电器|洗衣|干洗|养生|美业|美甲|花艺|鲜花|文具|图文|印刷|彩印|摄影|婚庆|传媒|食品|"
    "粮油|蛋糕|早餐|护理|康养|制造|实业|科技|商贸|纺织|服装|针织|塑业|纸业|瓷业|酒业|醋业|牧业|农业|果业|坊|阁|轩|记|斋|吧"
)
_SIGNBOARD = Rare(
    rf"(?:(?<=[,。;\n (【「“\"])|^)(?P<place>[\u4e00-\u9fffA-Z0-9]{{2,10}}?(?:{_BUSINESS}))"
    rf"(?=[,。;\n ()】」”\"]|$|{TAKEN})"
)
_NO_SIGNBOARD = re.compile(
    r"招|聘|[求找缺要需会能没不的了吗给到去在从是当做]|^[干学修洗带]|熟练|熟手|优先|经验|工资|管[吃饭住]|包[吃住]|登记|笔记|书记|^本|^我|"
    r"^(?:专业|长期|急|承接|兼职|日常|家庭|酒店|大型|各种|本地)|^(?:.{0,2}(?:厂|店|公司))"
)


def signboards(text: str, held: int, trades: list[Span]) -> list[Found[str]]:
    """The name of a business that stands alone (新建路马家羊肉), unless it is all that says what the work is."""
    found = []
    for match in _SIGNBOARD.finditer(text, held):
        start, end = match.span("place")
        other_trade = any(trade_end <= start or end <= trade_start for trade_start, trade_end in trades)
        clear = not any(start <= trade_start < end for trade_start, _ in trades)
        named = not (_NO_SIGNBOARD.search(match["place"]) or GENERIC.match(match["place"]))
        if named and (clear or other_trade) and good(match["place"]):
            found.append(Found(match["place"], start, end, 0.9))
    return found


_FALLBACK_BLOCK = re.compile(
    r"[的了吗有班呢啊吧不没无谁什么哪这那几多少着过元块钱岁班我你他她会最更休做前后必备能都接就给出到干拿弄算另]|大概|沿途|手机|零花|完发|急等|上山|下地|先来|"
    r"联系|电话|微信|报名|咨询|速|急|长期|短期|临时|优先|自理|面议|日结|月结|周结|"
    r"随时|立即|马上|现在|可以|需要|要求|招|聘|经验|熟练|身体|健康|老实|勤快|踏实|"
    r"肯干|吃苦|学历|工资|待遇|工钱|薪|管|包[吃住]|有意|来[电人]|致电|回电|扫码|"
    r"进群|加群|私聊|私信|详谈|详聊|面谈|计件|计时|男女|不限|安全|保险|社保|五险|"
    r"合同|签|正规|诚信|非诚|勿扰|中介|轻松|简单|稳定|环境|氛围|福利|节日|奖|补|"
    r"提成|全勤|试用|转正|培训|双休|单休|休息|年龄|夫妻|学生|宝妈|退休|本地|外地|"
    r"附近|就近|上门|自带|自备|工具|衣服|手套|水壶|铁锹|镰刀|口罩|带上|带好|带齐|"
    r"注意|抓紧|赶紧|麻烦|谢谢|拜托|水电|平摊|押金|保证金|转发|扩散|收到|老乡|师傅|老板|大家|各位|朋友|"
    r"兄弟|姐妹|乡亲|认真|负责|干净|利索|麻利|年轻|力气|体力|出力|陪|挣|赚|到岗|"
    r"上岗|到场|进场|开工|开始|出发|集合|结束|收工|下班|完工|早上|晚上|上午|下午|"
    r"中午|今天|明天|白天|夜里|全天|半天|每天|天天|价格|价钱|单价|好说|商量|公关|"
    r"扣扣|微|打卡|实名|登记|签到|人数|名额|人员|若干|数名|手续|证件|照片|原件|"
    r"时间|灵活|自由|工期|活[多急轻儿]|量大|大量|货|材料|包工|清工|点工|技术|手艺|"
    r"会[开做]|能[干做]|干活|做工|打工|工作|岗位|职位|机器|设备|车辆|驾龄|路费|"
    r"来回|往返|接送|乘|坐车|拼|住宿|食宿|吃|饭|餐|一律|其他|其它|备注|说明|如下|"
    r"以上|以下|左右|另外|同号|[就都也]行|小时|带队|[好可]$|人[到来齐满够]|特此|"
    r"通知|公告|欢迎|加入|火爆|火热|高薪|诚|直招|直聘|厂招|代招"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


_ONLY_CONTACT = re.compile("微信|手机|电话|联系|[Vv加]")
_AT_THE_HEAD = re.compile(r"[\u4e00-\u9fff]{4,10}?(?=(?:急|诚|现|长期|高薪|大量|常年|直)*[招聘])")
_NO_NAME = re.compile("本人|^[男女]|[男女]$|昨|帮|网|夜|[男女]子|用工|招|聘|缺|找|考|号$")


def unknown(text: str, trades: list[Span], phones: list[Span]) -> list[Found[str]]:
    """A name without any ending, like a shop's: alone before the telephone number, or at the head before 招."""
    head = _AT_THE_HEAD.match(text)
    fragments = [match.span() for match in FRAGMENT.finditer(text)]
    named = [(*span, POOR + 0.01) for span in fragments if _before_a_phone(text, span[1], phones)]
    found: dict[int, Found[str]] = {}
    for start, end, sure in named + ([(*head.span(), POOR)] if head else []):
        words = text[start:end]
        if not 2 <= end - start <= 10 or _FALLBACK_BLOCK.search(words) or not _HAN.fullmatch(words):
            continue
        if any(start < trade_end and trade_start < end for trade_start, trade_end in trades):
            continue
        if not (not good(words) or GENERIC.match(words) or _NO_NAME.search(words)):
            found[start] = Found(words, start, end, sure)
    return list(found.values())


def _before_a_phone(text: str, end: int, phones: list[Span]) -> bool:
    for start, _ in phones:
        if 0 <= start - end <= 14 or (0 < start - end <= 34 and _ONLY_CONTACT.search(text, end, start)):
            return True
    return False
