"""Where the work is: the place as the text writes it, the most specific span."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from linggong.intake.lexicon import pairs, rows
from linggong.intake.needles import Chars, needs
from linggong.intake.sheet import TAKEN, Found, Sheet
from linggong.intake.signs import Rare, Span, Words, class_of, guarded, one_of, pairs_of

_NAME = r"[\u4e00-\u9fff0-9A-Za-z·]"
_LABELS = (
    r"(?:工作地点|上班地点|工作地址|上班地址|施工地点|工地地址|工地位置|干活地点|"
    r"集合地点|用工地点|作业地点|地点|地址|工地|位置|厂址|店址|校址|住址|地方|"
    r"区域|所在地|意向地区?|意向地点|活在|地儿|坐标|定位|工作区域|作业地|场地|"
    r"项目地址|项目地|项目|小区|就近|期望地区|意向区域|面试地址|求职区域|求职地点|"
    r"期望地点|商圈|站点位置|上工地点|门店地址|取货点|取货地址)"
)
_LABELLED = Rare(
    rf"(?<![\u4e00-\u9fff]){_LABELS}(?:在|就在|是|为|:|:在|\s)+(?P<place>{_NAME}{{2,24}})|"
    rf"(?:意向地区?|厂址|店址|地址|地点|商圈)(?P<place2>{_NAME}{{2,20}})"
)
_PREPOSITION = (
    r"(?:就在|在|到(?!手|岗|位|付|期|账|时|底|家|处|货)|去(?!掉|年|皮)|位于|地处|"
    r"坐落于?|靠近|接近|临近|紧邻|挨着|离|距离?|送到|送往|前往|来(?=[^,。;]{2,12}(?:镇|"
    r"村|乡|县|区|路|街))|往|从|于|限|仅限|跑|想在|想去|只在|只去|住|家住|人在)"
)
_BEFORE_VERB = (
    r"(?=(?:现|急|诚|拟|公开|面向|正在|长期|紧急|新开|高薪|本|因|扩|需|招|缺|要(?!求)|用工|用人|"
    r"雇|聘|找|求|寻|有(?:活|个|一|几|批|工)|优先|那[边头面]|这[边头面]|附近|周边|"
    r"的(?:活|工地|优先|找|来|都|老|货|果|地|大|苹|人|厨|服|保|瓦|木|小|工|朋|"
    r"家|群)|里|干活|做|上班|的话|为主|一带|跑|都|就|也|可|能|都行|近|内|急|这儿|"
    r"开工|施工|集合|工作|卸|装|搬|拆|砌|抹|打|摘|掰|修|疏|通|安|收|栽|种|清|挖|"
    r"铺|刷|喷|绑|接|活|范围|干|吊|盖|订|绿|保|春|秋|值|看|拾|捡|运|拉|跑|搭|做|"
    r"理货|分拣|打包|码货|盘点|盘货|巡|扛|背|推|配货|切|缝|串|剥|照|陪|护|伺候|补货|上货|车展|漫展|展会|年会|庙会|招聘会|演唱会|"
    r"洗|送|擦|刮|贴|帮|喂|放|养|焊|电|浇|支|布|布置|办|发|举|跟|挑|剪|割|拔|村民|"
    r"农户|婚|外|食|后|厨|门|仓|员|院|幼|托|扫|环|园|公|楼|路))"
)
_MEETING = re.compile(r"(?:上车|集合|发车|坐车|碰头|等车)")
_PICKED_UP = re.compile(
    r"(?:[早晚上下中午]{0,2}[\d一二三四五六七八九十]{1,3}[点:][\d半一二三四五]*)?(?:统一|大巴|班车|中巴|面包车|专车|有车|坐车|车)?"
    r"(?:上车|发车|等车|等我|候车|来?接(?!单|待|活|娃|孩))"
)
_COMMUTE = re.compile(r"(?:接送|往返|来回|通勤|班车|厂车)(?:到|去|至)?$")
_NEARBY = ("这边", "那边", "附近", "一带", "周边", "这一片", "这块", "境内", "那块", "那片", "门口", "对面")
_ROADS = ("省道", "国道", "县道", "乡道")
_VAGUE = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,5}}?)(?:{'|'.join(_NEARBY)})$")
_FRAGMENT = re.compile(rf"[^,。;!?\n ()、:{TAKEN}+]{{2,}}+")
_POOR = 0.5
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
_DETAIL = (
    r"(?:(?=[负0-9A-Za-z一二三四五六七八九十])"
    r"(?:负?[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|排|号院|号|单元|座|"
    r"区|期|楼|层|室|门|巷|里|号门|标段|组|社|队|村)|\d{1,3}-\d{1,4}(?:-\d{1,4})?|(?:[A-Za-z]|[一二三四五六七八九\d])(?:厅|号馆|馆|座|区|号厅)|(?<=[栋楼元厦座层室馆宫院校])\d{3,4}){1,3}|)"
)


@cache
def _words(kind: str) -> str:
    return one_of(word for row in rows("place_endings") if row[0] == kind for word in row[1].split("|"))


@cache
def _gazetteer() -> str:
    return one_of(word for row in rows("gazetteer") for word in row[0].split("|"))


@cache
def _anywhere() -> str:
    """The towns of the gazetteer and all counties: too many for every pattern, so for whole fragments and heads."""
    return one_of(word for name in ("gazetteer", "counties") for row in rows(name) for word in row[0].split("|"))


@cache
def _ending() -> str:
    """Looked for behind every character of a name, so what cannot begin one is told by a single look."""
    heads = class_of({word[0] for row in rows("place_endings") if row[0] != "tail" for word in row[1].split("|")})
    return rf"(?={heads})(?:{_words('sure')}|(?<={_NAME}{_NAME})(?:{_words('house')}|{_words('village')}))"


@cache
def _place() -> str:
    tail = rf"{_DETAIL}(?:{_words('tail')}){{0,2}}"
    return (
        rf"(?:(?:{_gazetteer()})(?:{_NAME}{{0,9}}{_ending()})?|(?:{_words('sure')})(?:{_words('tail')})|"
        rf"{_NAME}{{1,10}}?{_ending()}(?:{_NAME}{{1,8}}?{_ending()}){{0,3}}){tail}"
    )


def _telling() -> tuple[re.Pattern[str], frozenset[int], Words[None]]:
    """What every place holds, an ending or a town's name: one character, or a word without any of those.

    Of the words also the pairs that they begin with.
    """
    endings = [word for row in rows("place_endings") if row[0] != "tail" for word in row[1].split("|")]
    towns = [word for name in ("gazetteer", "counties") for row in rows(name) for word in row[0].split("|")]
    words = {*endings, *_ROADS, *towns}
    chars = {word for word in words if len(word) == 1}
    longer = [word for word in words if chars.isdisjoint(word)]
    return re.compile(class_of(chars)), frozenset(pairs_of(word)[0] for word in longer), Words(dict.fromkeys(longer))


_TELLING_CHAR, _TELLING_HEADS, _TELLING_WORDS = _telling()


def _fragments(text: str, pairs: Sequence[int]) -> Iterator[Span]:
    """The stretches of words between breaks that hold what every place does."""
    for fragment in _FRAGMENT.finditer(text):
        start, end = fragment.span()
        if _TELLING_CHAR.search(text, start, end) or text.endswith(_NEARBY, start, end):
            yield start, end
            continue
        inside = pairs[start : end - 1]
        if not _TELLING_HEADS.isdisjoint(inside) and _TELLING_WORDS.found_in(fragment[0], inside):
            yield start, end


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>{_PREPOSITION})?(?P<place>{_place()})(?:这边|那边|那头|这头|里|"
        r"内|近的?|干|做|跑|上班|附近|的|工作|一带|都行|优先|集合|为主|周边|内|这一片|"
        r"这一带|一片|沿线|现场|干活|的活|院内|找|接|市里|县里|上车|上班的?)?$"
    )


@cache
def _last_of_whole() -> Chars:
    """What `_whole` may end with: the quickest way to tell most fragments that are no place."""
    last = needs(_whole().pattern).tails
    assert last is not None
    return last


@cache
def _bare() -> re.Pattern[str]:
    """What counts as a place only where it stands alone: 临县克虎, 一中, 文庙, 天桥西."""
    return re.compile(
        rf"(?P<place>(?:{_anywhere()})[县市区]?{_NAME}{{0,6}}|(?:{'|'.join(_ROADS)})[A-Z]?\d{{2,4}}(?:沿线|段)?|"
        rf"[\u4e00-\u9fff]{{2,8}}?[省市区县旗镇乡州](?![场镇民里])(?<!小区)(?<!社区)(?<!园区)[\u4e00-\u9fff]{{2,5}}|"
        rf"(?:{_words('sure')})(?:{_words('tail')})?|"
        rf"{_NAME}(?:{_words('house')})(?:{_words('tail')})?|"
        rf"[\u4e00-\u9fff]{{2,8}}(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}|[A-Z])(?:期|栋|幢|号楼|号院|座|排|单元|号地块|标段)"
        rf"[\dA-Z室]{{0,4}}(?:{_words('tail')})?|"
        rf"[\u4e00-\u9fff]{{1,4}}(?:路|大?街|大道|巷)(?!口|灯|费|边|过|由|政|面)[\u4e00-\u9fff]{{2,7}})$"
    )


@cache
def _inside() -> re.Pattern[str]:
    return guarded(rf"(?P<lead>{_PREPOSITION})(?P<place>{_place()})")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?P<place>{_place()}){_BEFORE_VERB}")


@cache
def _known() -> re.Pattern[str]:
    """A town or county at the head of a clause that goes on otherwise (新疆拾棉花)."""
    return re.compile(rf"(?P<lead>{_PREPOSITION})?(?P<place>(?:{_anywhere()})[县市区]?)(?!人在|[菜话籍味])")


def _people() -> Rare:
    words = pairs("people")
    called = (
        rf"(?P<called>[老小大]?[{words['surname']}][\u4e00-\u9fff]?(?:{words['title']})|[老小][{words['surname']}])"
    )
    return Rare(
        rf"(?:联系人|联系|联络员|联络|负责人|咨询|找|电话|致电|打给|请|问|加|微信|电)?:?{called}(?![\u4"
        rf"e00-\u9fff]{{0,3}}(?:村|镇|庄|街|路|沟|店|坊|记|家))(?=[^\u4e00-\u9fff]|"
        rf"$|收|电话|联系|手机|微信|:)|(?:联系人|负责人|联络员):?[\u4e00-\u9fff]{{2,3}}(?=[^\u4e00-\u9"
        r"fff]|$|电话)"
    )


_PEOPLE = _people()


@cache
def _core() -> re.Pattern[str]:
    """The place itself behind a label."""
    return re.compile(rf"(?:在|就在|位于|为|是)?(?P<core>{_place()}|{_NAME}+)")


def called_in(text: str) -> list[str]:
    """How people are called in a plain text: 李先生, 老田, 魏师傅."""
    return [match["called"] for match in _PEOPLE.pattern.finditer(text) if match["called"]]


_LEADING_WORDS = re.compile(
    r"^(?:(?:紧急|急|诚|长期|现|因|本人|本|我们?|俺们?|咱们?|各位|大家|老乡们?|"
    r"师傅们?|群里|有没有|有|谁|明天|今天|后天|早上|晚上|上午|下午|每天|就近|地点|"
    r"地址|位置|工地|集合|干活|上班|工作|招聘|招工|招|聘|用工|用人|急招|急需|需要|"
    r"需|要|想|可|能|都(?!江堰|匀|昌|安)|就|只|最好|住|家|人|也|搬到|拉到|运到|送|从|由|给|帮|帮忙|"
    r"为|接|村里|县里|镇里|往|面试|发布|新开业?的?|新店|的|,|:|-|\d+[.、)]))+"
)
_NOT_BARE = re.compile(
    r"(?![一-龥][庄屯寨堡]$)(?:[一-龥]{2,3}班长.*)$|.*(?:[了的吗呢吧去来要]|工资|上班|优先|自理|接送|"
    r"进场|开工|出发)$|(?![一-龥][庄屯寨堡]$)(?:门|人|口|家|进|出|到|上|下|每|本|全|各|外|当|农|工|全|"
    r"一|这|那|几|多|半|两|三|四|五|六|七|八|九|十|单|现|在|同|立|马|长|短|有|"
    r"没|不|冷|热|刚|大|小|老|好)[\u4e00-\u9fff]$|(?:工厂|商场|超市|市场|小区|"
    r"学校|医院|饭店|酒店|宾馆|工地|仓库|基地|公司|合作社|中心|国际|项目部|果园|"
    r"大棚|食堂|公园|社区|物业|银行|库房|园区)$"
)
_GENERIC = re.compile(
    r"(?:大|小|新|老|私人|私立|民办|城里|镇上|本地|某某?|县城|单位|学校|机关|企业|"
    r"工程|新开|室内|冷链|快递|电商|直播|早餐|早点|冷饮|游戏|微商|物流|食品|服装|"
    r"家具|水泥|化工|纺织|电子|玻璃|机械|汽车|手机|理发|美容|美发|洗车|干洗|烧烤|"
    r"火锅|面包|奶茶|蛋糕|水果|建材|养老|月子|托管|培训|健身|洗浴|汗蒸|宠物|电动车|"
    r"摩托车|轮胎|修理|装修|装饰|家政|物业|保险|房产|婚庆|广告|人力|劳务|搬家|"
    r"清洁|保洁|绿化|园林|环卫|供暖|热力|自来水|燃气|电力|光伏|养殖|养猪|养鸡|"
    r"养牛|养羊|奶牛|蛋鸡|肉鸡|蔬菜|苹果|葡萄|水|砖|石|煤|铁|钢|酒|醋|糖|药|纸|"
    r"美甲|美睫|纹绣|量贩|出租车?|养生|桑拿|SPA|草莓|黄瓜|西红柿|番茄|辣椒|香菇|蘑菇|西瓜|桃|梨|枣|茶叶?|棉花|花生|土豆|玉米|"
    r"精密|五金|塑料|注塑|皮具|箱包|鞋|制鞋|印刷|包装|纸箱|灯饰|家电|生鲜|连锁|大型|知名|儿童|早教|台球|棋牌|瑜伽|豆腐|卤味|炸鸡|"
    r"汉堡|麻辣烫|米线|拉面|小龙虾|海鲜|自助|西餐|售后|"
    r"活禽|旧货|情人节|花|羊肉|牛肉|牛羊肉|肉|修车|补胎|门窗|工具|护理|母婴|孵化|网红|文化|饺子|馒头|包子|早点|快餐|外卖|制衣|衣架|窗帘|眼镜|长假|假期|外贸|洗浴|"
    r"农家)*(?:美容|足浴|足疗|大)?(?:中心|院|店|行|厂|公司|仓库|基地|会所|超市|"
    r"市场|工地|酒店|饭店|大酒店|酒楼|宾馆|餐厅|食堂|学校|幼儿园|医院|商场|园区|"
    r"物流园|车间|项目|工程|小区|大棚|果园|农场|猪场|牛场|羊场|鸡场|养殖场|煤矿|"
    r"矿山|冷库|酒吧|KTV|ktv|网吧|夜总会|景区|影院|加油站|机场|大厦|写字楼|广场|"
    r"合作社|林场|牧场|站|房|吧|馆|铺|场|网点|站点|团队|工作室|停车场|会馆|作坊|酒吧|站)$"
)
_NOT_PLACES = re.compile(
    r"^(?:[一二两三四五六七八九十几半每全整\d]+(?:口|路|行|区|场|店|家|楼|层|村|"
    r"院|所|里|站|河)|.*(?:手续|工资|年龄|身份证|电话|联系|路费|车费|微信|经验|"
    r"勿扰|优先|自理|报销|面议|要求|岗位|名额|男女|(?<!零)工人|人员)|人口|路口|"
    r"门口|上班|车站|市场|工地|当地|本地|外地|家里|店里|厂里|场里|村里|城里人|"
    r"公司|本公司|我公司|贵公司|本店|我店|我厂|本厂|酒店|饭店|超市|医院|学校|小区|"
    r"仓库|有限公司|中心|项目|项目部|食堂|基地|大棚|果园|同城|线上|网上|伙房|宿舍楼|"
    r"工厂|家政公司|劳务公司|人力公司|搬家公司|装修公司|商场|餐厅|宾馆|公园|幼儿园|"
    r"合作社|农场|猪场|冷库|国际|在家|上门|高速|机场|居家|社区|物业|银行|库房|"
    r"地里|园区|村委会?|街道|以内|市内|省内|区内|县内|一路|顺路|走路|铺路|修路|"
    r"马路|上街|扫街|收入|到店|进店|看店|开店|驻店|本村|全村|邻村|本社区|老家|"
    r"东家|主家|雇主家|各村|各乡镇|各小区|站点|网点|在?[男女]宾区|(?:当晚|当天|当场|到|在)?现场|.*开的.*|找.*|自己.*|自行.*|热水.*|头盔.*|.*排队|[男女]宾区|(?:茶厂|砖厂|本厂|我厂|单位|厂|公司|员工|集体|职工|学生)?宿舍|境外.*|国外.*|海外.*|收账公司|要账公司|.*(?:统一由|统一).*|附近|这里|那里|哪里|这边|那边|开业|水管|"
    r"[站店厂队组]长|跟.*|[村居]委会|.{1,4}人(?:在.*)?|在?家做.*|.*意者.*|.*[没有]车的.*|进[个家].*|"
    r"起?(?:清理|疏通|修建|维修|打扫|整修|硬化|开挖|平整).*|.*(?:周围|范围|氛围|[收采征募聚密召]集|"
    r"[站上到在下顶定换轮试离空巡多专主]岗|[房大脊桥板横主立箱制]梁)|"
    r"下水道|养殖场|电厂|驿站|零工市场|.*家庭|.*住院|原来.*|方圆.*|.*(?:带队|班组|"
    r"车队|施工队|工程队|队伍|操场)|全[村县市镇乡].*|每.*|教务处|物业办|厂办|人事[部科处]|财务[部科处]|办公室|哪个?[场家店里儿].*|.*哪里|想.*|问.*|坐.*|去公司|躲.*|帮老板.*|老板.*|以前.*|伙食.*|[一二两三四五六七八九十\\d]+个?人|[一二两三]个[^村镇街].*|限[男女].*|离职.*|电联|晌午|中午.*|连.*|.*新增.*|.*不是.*|.*(?:假期|长假).*|.*下楼|.*都接|.*(?:证|原件|团队|串巷|"
    r"上楼).*)$"
)


def read(sheet: Sheet, trade_spans: list[Span], phone_spans: list[Span]) -> list[Found[str]]:
    """The places of the text, the likeliest first; values are plain text, the reader takes the original by the span."""
    sheet.take([match.span() for match in _PEOPLE.finditer(sheet.left, sheet.held)])
    text = sheet.left
    found: dict[int, Found[str]] = {}
    for start, end in _fragments(text, sheet.pairs):
        for each in _in_fragment(text[start:end], start):
            if (named := _without_work(each, trade_spans)) and named.start not in found:
                found[named.start] = named._replace(sure=_surer(sheet, named, phone_spans))
    for each in _labelled(text, sheet.held):
        found[each.start] = each
    for each in _signboards(text, sheet.held, trade_spans):
        found[each.start] = each
    good = [each for each in found.values() if each.sure >= _POOR]
    return [_itself(each) for each in sorted(good or _unknown(text, trade_spans, phone_spans), key=_likeliest)]


_ABOUT = ("附近", "周边", "一带", "那边", "这边", "那头", "这头", "近处", "里头", "商圈")


def _itself(found: Found[str]) -> Found[str]:
    """The place without what says that it is only thereabouts (滨江公园附近), or what is there (铸件厂在大张镇)."""
    place, start, end, sure = found
    if place.endswith(_ABOUT) and len(place) >= 4:
        place, end = place[:-2], end - 2
    what, where, rest = place.partition("在")
    if what and len(rest) >= 3 and not rest.startswith("建"):
        place, start = rest, start + len(what) + len(where)
    return Found(place, start, end, sure)


def _likeliest(found: Found[str]) -> tuple[float, int]:
    return -found.sure, found.start


def _without_work(found: Found[str], trades: list[Span]) -> Found[str] | None:
    """A place at whose end the words for a trade begin stops before them; None where that leaves none."""
    for work, end in trades:
        if work < found.end - 1 and found.end <= end:
            rest = found.value[: work - found.start]
            named = work - found.start >= 2 and (_known().match(rest) or _whole().match(rest))
            return Found(rest, found.start, work, 0.6) if named else None
    return found


def _surer(sheet: Sheet, found: Found[str], phones: list[Span]) -> float:
    """How sure a place is, more so just before a telephone, less where people only meet, are picked up or come from."""
    bonus = 0.03 if [1 for start, _ in phones if 0 <= start - found.end <= 4] else 0.0
    bonus -= 0.1 if _MEETING.match(sheet.left, found.end) else 0.0
    bonus -= 0.2 if _PICKED_UP.match(sheet.text, found.end) else 0.0
    bonus -= 0.3 if _COMMUTE.search(sheet.text[max(0, found.start - 4) : found.start]) else 0.0
    return min(found.sure + bonus, 0.97)


_OPEN = re.compile(r"(?:不限|面议|都行|详谈|电话联系|另议|待定|可选)")


def _labelled(text: str, held: int) -> list[Found[str]]:
    found = []
    for match in _LABELLED.finditer(text, held):
        group = "place" if match["place"] else "place2"
        start, end = match.span(group)
        stripped = _core().match(text[start:end])
        if stripped:
            start, end = start + stripped.start("core"), start + stripped.end("core")
        if end - start >= 2 and not _OPEN.fullmatch(text, start, end):
            found.append(Found(text[start:end], start, end, 0.97))
    return found


def _in_fragment(fragment: str, start: int) -> list[Found[str]]:
    lead = _LEADING_WORDS.match(fragment)
    core_at = lead.end() if lead else 0
    core = fragment[core_at:]
    match = _whole().match(core) if core[-1:] in _last_of_whole() else None
    if match and _good(match["place"]):
        return [_found(match, start + core_at, 0.9)]
    match = _bare().match(core)
    if match and len(match["place"]) >= 2 and _good(match["place"]) and not _NOT_BARE.match(match["place"]):
        return [_found(match, start + core_at, 0.88 if len(match["place"]) > 2 else 0.76)]
    found = []
    for inner in _inside().finditer(fragment):
        if _good(inner["place"]):
            found.append(_found(inner, start, 0.85))
    match = _VAGUE.fullmatch(core) if core.endswith(_NEARBY) else None
    if match and _good(match["place"]) and not _NOT_BARE.match(match["place"]):
        return [_found(match, start + core_at, 0.7)]
    match = _leading().match(core)
    if match and _good(match["place"]):
        found.append(_found(match, start + core_at, 0.75))
    elif not found and (match := _known().match(core)):
        found.append(_found(match, start + core_at, 0.6))
    return found


def _good(place: str) -> bool:
    return len(place) >= 2 and not _NOT_PLACES.match(place)


def _found(match: re.Match[str], offset: int, sure: float) -> Found[str]:
    """A kind of house without a name (干洗店) is a poor place, taken only for want of a better one."""
    sure = min(sure, _POOR - 0.02) if _GENERIC.match(match["place"]) else sure
    return Found(match["place"], offset + match.start("place"), offset + match.end("place"), sure)


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


def _signboards(text: str, held: int, trades: list[Span]) -> list[Found[str]]:
    """The name of a business that stands alone (新建路马家羊肉), unless it is all that says what the work is."""
    found = []
    for match in _SIGNBOARD.finditer(text, held):
        start, end = match.span("place")
        other_trade = any(trade_end <= start or end <= trade_start for trade_start, trade_end in trades)
        clear = not any(start <= trade_start < end for trade_start, _ in trades)
        named = not (_NO_SIGNBOARD.search(match["place"]) or _GENERIC.match(match["place"]))
        if named and (clear or other_trade) and _good(match["place"]):
            found.append(Found(match["place"], start, end, 0.9))
    return found


_HAN = re.compile(r"[\u4e00-\u9fff]+")


_ONLY_CONTACT = re.compile("微信|手机|电话|联系|[Vv加]")
_AT_THE_HEAD = re.compile(r"[\u4e00-\u9fff]{4,10}?(?=(?:急|诚|现|长期|高薪|大量|常年|直)*[招聘])")
_NO_NAME = re.compile("本人|^[男女]|[男女]$|昨|帮|网|夜|[男女]子|用工|招|聘|缺|找|考|号$")


def _unknown(text: str, trades: list[Span], phones: list[Span]) -> list[Found[str]]:
    """A name without any ending, like a shop's: alone before the telephone number, or at the head before 招."""
    head = _AT_THE_HEAD.match(text)
    fragments = [match.span() for match in _FRAGMENT.finditer(text)]
    named = [(*span, _POOR + 0.01) for span in fragments if _before_a_phone(text, span[1], phones)]
    found: dict[int, Found[str]] = {}
    for start, end, sure in named + ([(*head.span(), _POOR)] if head else []):
        words = text[start:end]
        if not 2 <= end - start <= 10 or _FALLBACK_BLOCK.search(words) or not _HAN.fullmatch(words):
            continue
        if any(start < trade_end and trade_start < end for trade_start, trade_end in trades):
            continue
        if not (_NOT_PLACES.match(words) or _GENERIC.match(words) or _NO_NAME.search(words)):
            found[start] = Found(words, start, end, sure)
    return list(found.values())


def _before_a_phone(text: str, end: int, phones: list[Span]) -> bool:
    for start, _ in phones:
        if 0 <= start - end <= 14 or (0 < start - end <= 34 and _ONLY_CONTACT.search(text, end, start)):
            return True
    return False
