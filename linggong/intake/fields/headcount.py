"""How many people are wanted; of a range the upper figure."""

import re
from collections.abc import Sequence

from linggong.intake.numbers import NUMBER, bounds
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Span, branched, guarded

_WANT = (
    r"(?:整(?!个)|招聘?|要|来|找|缺|雇|求|用|需要?|差|聘|少|请|寻|限|仅需|"
    r"只要|共计?|一共|总共|还要|急需|诚聘|喊|叫|凑|配|派|剩)"
)
_FEW = "[一二两三四五六七八九十]{1,2}"
_OBJECTS = (
    r"(?!的?(?:老(?!师|板|手|爷们|乡)|小孩|孩子?|娃|宝|病|客户|顾客|客人|学生(?!工|兼职|[,。;]|$|一天|每天|都|来|帮|就)|"
    r"月|小时|钟(?!点)|工(?!人|[,。]|$)|棚|房|间|大棚|车间|班|群|店|厂|项目|工地|门|"
    r"窗|床|柜|灯|字|点(?!人)|星期|礼拜|阶段|地方|村|乡|县|市|区|名额外|平方|卫生间|"
    r"阳台|卧室|厅|室|老太|奶奶|爷爷|猪|羊|牛|鸡|菜|鸡蛋|井|坑|洞|孔|包|桌|席|"
    r"小区|单元|楼|屋|院|住户|人(?:间|一间|宿舍|家|天|均|民|以上优|住|合住|份|"
    r"次|\d|[一二两三四五六七八九][百千])|号|卡|口味))"
)

_A_NUMBER = (
    rf"(?P<low>{NUMBER})(?:(?:来|多|余)?(?:-+|~+|到|至|或|、)(?P<high>{NUMBER}))?(?:来|"
    r"多|余|几)?(?:大)?(?P<noun>名|位|枚(?!举)|口人|号人|口子人|人|个人|员(?!工)|条(?=壮?汉)|"
    rf"个劳力|个劳动力|个后生|个小伙|个师傅|个(?=老?爷们|汉子|娘们|婆姨|妇女|大姐|大哥|兄弟|女工|男工)|个大工|个小工|把手)(?P<guard>{_OBJECTS})"
    rf"|(?<![第每一])(?P<some>{NUMBER})(?:(?:-+|~+|到|至)(?P<some2>{NUMBER}))?(?:来|"
    r"多)?个(?=[,。;!\n ■)]|$|男|女|每人|保底|底薪|工资|月薪|日薪|年轻|能|会|有|熟|帮|服务|保洁|保安|小工|大工|"
    r"瓦|木|钢|电|焊|师|搬|装|卸|普|洗|切|传|收|导|文|司|零|杂|壮|力|人|技|学徒|"
    r"临时|钟点|月嫂|阿|护|快|送|骑|一天|手|干|工人|名额|日|当|明|早|\d{{2}}|刮|油|"
    r"抹|架|挖|主|兼职|妇|健|身|力气|摘|掰|拔|剪|栽|不)"
    rf"|(?P<men>{NUMBER})个?(?:名)?男(?:的|工)?(?:、|,|和)?(?P<women>{NUMBER})个?(?:名)?女"
)
_COUNTS = guarded(
    branched(
        r"(?P<label>人数|名额|需求|招聘人数|数量|用工人数|招聘数量|人员数量|需要人数|"
        rf"岗位数)[:是为]?(?:约|大概|共)?(?P<labelled>{NUMBER})(?:(?:-+|~+|到|至|或)(?P<labelled2>{NUMBER}))?(?:名|"
        r"人|个|位)?"
        # Most figures count no people, which what follows them tells at once.
        rf"|(?=[\d.kKwW零一二两俩仨三四五六七八九十百千万几点余来多大到至或、~-]++[名位枚口号人员条个把男])(?:{_A_NUMBER})"
        rf"|(?P<want>{_WANT})(?:个|了|上)?(?P<wanted>{NUMBER})(?:(?:-+|~+|到|至|或)(?P<wanted2>{NUMBER}))?(?:来|"
        rf"多|几)?(?:个(?!月|小时|钟|工[,。天]|平|点|方){_OBJECTS}|(?=[,。;\n ■]|$))"
        rf"|男女各(?P<each_sex>{NUMBER})(?:名|人|个|位)?"
        rf"|(?<=[工员师傅手嫂匠娘哥姐婶姨弟妹生长厨])(?P<paid>[一1二两三四五六七八九2-9])个(?=[一二两三四五六七八九]?[千百]|\d{{3}})"
        rf"|(?<=[工员师傅手嫂匠])(?P<bare>[1-9]\d?|{_FEW})(?=[,。;、\n ■(]|"
        r"$|[木瓦电焊油钢小大普力杂服传保厨司架](?!焊))"
        r"|(?:招|找|来|要|雇|请|求|寻|缺|整(?=个[^,。;]{0,4}(?:师傅|工(?![地期程厂])|员|厨|手|的人|帮))|[忽突]然少|还少|还差|少)(?P<one>个|位)(?!活|工作|地方|伴|对象|时间|事|"
        r"班|人介绍|车|房|月|营生|老(?!师)|娃|孩|差事|饭碗|岗|稳|长期|短期|近|离|合适的?(?:活|"
        r"工)|零活|兼职|轻|管|清闲|能管|差|正经|临时活|夜班|白班|好)(?=[\u4e00-\u9fff])"
        r"|(?P<couple>夫妻(?:工|俩|档)?(?:一对|1对)?(?!优先|均可|都可|也可|可以|也行|房|间)|一对夫妻|(?:两口子|俩口子)(?!开|"
        rf"都忙|忙))"
        r"|(?P<both>俩|仨)(?:人)?(?=[,。;、\n ■]|$|[\d一二三四五六七八九][百千\d]|就|帮|小|大|壮|师|后生|男|女|会|"
        r"能|来|搬|装|卸|瓦|木)"
        rf"|(?<![A-Za-z_@.])[x*](?P<times>\d{{1,3}})(?!\d|[xX*])(?:人|名)?"
    )
)
_NOT_WANTED_BEFORE = re.compile(
    r"(?:就?我|自己|每|(?<![以之])前(?!台)|第|已有|已经有|现有|包|孔|洞|窗|(?<![前吧柜])台|扇|灯|箱|已来|已招|我们|俺们|"
    r"咱们|照顾|伺候|服侍|看护|陪护|家里|家有|家中|带|限乘|住|满|来了|收了|容纳|"
    r"人均|拉一|拉|介绍|推荐|管理|一家)[一]?$"
)
_NOT_WANTED_AFTER = re.compile(
    r"^(?:不限|做过|做饭|做大锅|吃饭|一(?:间|组|车|份|桌|床)|的(?:大锅|伙食|饭|量|餐|活动|会|"
    r"宴|工地|单位|厂)|的?(?:团|小家|班组已)|/|间(?!隔)|房|成团|拼)"
)


_A_HEAD = re.compile(r"(?:一|1|每)个?人$")
_A_SUM = re.compile(r"(?:给|发|开)?(?:\d{2}|[一二两三四五六七八九][百千十])")
_IN_ALL = ("共", "共计", "一共", "总共")
_BESIDE_A_TRADE = re.compile(
    rf"(?P<number>[1-9]\d?|{_FEW})(?:(?=[,。;、\n (■]|$|月\d{{4}}|月薪)|个(?!月|小时|钟|工|平|点|方|坑|孔|洞|多|来))"
)


def read(sheet: Sheet, trades: Sequence[Span] = ()) -> list[Found[int]]:
    """Every number of people wanted, in the order of the text; `trades` are the places of the words for a trade."""
    found = _beside_trades(sheet, trades)
    for match in _COUNTS.finditer(sheet.left):
        start, end = match.span()
        if _NOT_WANTED_BEFORE.search(sheet.left[max(0, start - 4) : start]) or _NOT_WANTED_AFTER.match(
            sheet.left[end : end + 5]
        ):
            continue
        people = _people(match)
        if match[0] in ("一个", "1个") and start and sheet.left[start - 1] in "0123456789元块百千":
            continue
        if _A_HEAD.search(match[0]) and _A_SUM.match(sheet.left, end):
            continue
        if people and match["want"] in _IN_ALL and people > 100:
            continue
        if people and 0 < people <= 2000:
            found.append(Found(people, start, end, 0.95 if match["label"] or match["noun"] else 0.8))
    sheet.take_found(found)
    return sorted(found, key=lambda each: each.start)


def _beside_trades(sheet: Sheet, trades: Sequence[Span]) -> list[Found[int]]:
    """A bare figure right behind a trade: 运营1、主播3."""
    found = []
    for _, end in trades:
        match = _BESIDE_A_TRADE.match(sheet.left, end)
        if match:
            found.append(Found(_int(match["number"]), *match.span(), 0.8))
    sheet.take_found(found)
    return found


def _people(match: re.Match[str]) -> int | None:
    if match["couple"]:
        return 2
    if match["both"]:
        return 2 if match["both"] == "俩" else 3
    if match["one"]:
        return 1
    if match["each_sex"]:
        return 2 * _int(match["each_sex"])
    if match["bare"] or match["paid"]:
        return _int(match["bare"] or match["paid"])
    if match["men"]:
        return _int(match["men"]) + _int(match["women"])
    for low, high in (
        ("labelled", "labelled2"),
        ("low", "high"),
        ("wanted", "wanted2"),
        ("some", "some2"),
        ("times", "times"),
    ):
        if match[low]:
            return max(_int(match[low]), _int(match[high]) if match[high] else 0)
    return None


def _int(written: str) -> int:
    found = bounds(written)
    return int(found[1]) if found else 0
