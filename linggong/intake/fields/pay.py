"""Pay: an amount or a range in yuan and what it is counted by; deposits, allowances and bonuses are left out."""

import re
from functools import cache
from typing import Literal, NamedTuple

from linggong.intake.lexicon import pairs
from linggong.intake.numbers import NUMBER, bounds
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import guarded, one_of

Unit = Literal["hour", "day", "month", "piece", "job"]

_YUAN = r"(?:大?元|块钱?(?!砖|瓦|板|地|玻璃|石|田|布)|大洋|蚊(?!子|虫|香|帐)|RMB|rmb|圆|人民币)"
_CENTS = r"(?:毛|角)钱?(?P<more_cents{0}>[1-9二三四五六七八九](?!\d))?|分钱?(?!钟|拣|店|公司|期|之|左|装|包|货|配|享)"
_MORE = r"(?:多|来|左右|上下|往上|以上|起步?|\+)?"
_LABELS = (
    r"日工资|月工资|时工资|工资待遇|综合工资|综合薪资|综合月薪|底薪|基本工资|"
    r"固定工资|保底|月收入期望|期望月薪|期望薪资|月收入|年薪|日薪|月薪|时薪|小时工资|"
    r"周薪|天薪|计件单价|吨价|平米价|平方价|件价|工资|工钱|薪资|薪酬|薪水|报酬|"
    r"待遇|工价|价格|价钱|单价|收入|酬劳|费用|劳务费|人工费?|工费|酬金|课时费|"
    r"钟点费|小时费|时费|修理费|维修费|上门费|护理费|陪护费|照顾费|安装费|加工费|手工费|每人|人均|跑腿费|运费|辛苦费|月休四天|月付|月给|月入|日付|日给|到手|月到手|"
    r"日入|日赚|日挣|日进|单日|单月|单趟|单件|单套|单价每平|月开|开|给|付|收|出|要价|要|按|挣|"
    r"发|拿|赚|一口价|总价|包价|全包价|包干价?|打包价|总共|一共给|合计|包给你们?|包给|包清工|包工包料|包料|"
    r"清包工?|整包|包活|包工|工料全包|要求|期望|心理价位?|想要|最低|不低于|保"
)
_OTHER_MONEY_BEFORE = guarded(
    r"(?:押金|押|保证金|定金|费(?<=[^人工劳务运时辛苦点用,。;!\n]费)(?<!修理费)(?<!护理费)(?<!陪护费)(?<!照顾费)(?<!维修费)(?<!上门费)(?<!安装费)|补贴?|津贴|奖金?|奖励|全勤|"
    r"满勤|提成|加班|加班费|加班时薪|红包|罚款?|扣|社保|保险|介绍(?:一个|1个|人)?|"
    r"推荐(?:一个)?|话补|房补|油补|车补|餐补|饭补|路补|工龄|绩效|补助|报销|先交|"
    r"先付|垫|返佣|返|多给|再给|优惠|打折|现价|原价|特价|售价|身高|体重|超过?|拉一个?人?|达标|分红|"
    r"年终|另加|另给|再加|额外|交|缴|充|买|满|送)(?:按|为|是|每人|每月|每天|一个?月|"
    r"一天|一日|一班|一顿|每班|每顿|每晚|每日|一[个人]|发|有|给|加|算|再加|另|了|:|另加|每小时|一小时|[/月天日])*(?:约|"
    r"大概)?$"
)
_OTHER_MONEY_AFTER = re.compile(
    r"(?:钱)?的?(?:押金|报名费|保证金|定金|服装费|工服费|餐补|饭补|补贴|补助|"
    r"津贴|全勤|满勤|奖|提成(?!另|外|还|面|再|单独|高|按|加|\+)|路费|车费|保险|意外险|红包|定钱|伙食|餐费|饭钱|车补|"
    r"油补|话补|房补|会员费|入会费|资料费|培训费|体检费|中介费|起送|运费险|(?:就|"
    r"即|便)?(?:送|减))"
)
_NOT_MONEY_AFTER = (
    r"(?!\d|\.\d|[二三四五六七八九十百千万]|[来多余](?:吨|亩|平|里|公里|斤|箱|方|棵|台|户|袋|车)|%|盒(?![/每一按\d元块$])|点(?!钱)|:|号|岁|周岁|名|位|人(?!民币|工|天|不限)|个|口人|年|cm|CM|"
    r"厘米|公分|kg|分钟|层(?!楼?\d)|楼|栋|栋|单元|室|度|"
    r"多人|来人|余人|多名|余名|来名|强|届|中|路|平(?:米|方)?的|(?:平|平米|平方|"
    r"亩|吨|公里|斤|箱|车|台|套|间|户|头|只|米|件|棵|袋|桌|层|方|块砖|个(?:人|"
    r"月|小时|钟|工|男|女|师|大|小|阿|帮|会|能|熟|服|保|工人))(?![/每一按\d元块$]))"
)


def _by_first_character(words: str) -> str:
    """Alternatives branched by what they begin with, in their order otherwise: quicker to fail."""
    tails: dict[str, list[str]] = {}
    for word in words.split("|"):
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{head}(?:{'|'.join(rest)})" for head, rest in tails.items())


@cache
def _unit_words() -> str:
    return one_of(pairs("units"))


@cache
def _pattern() -> re.Pattern[str]:
    unit = _unit_words()
    tail = r"(?:[一二三四五六七八九1-9](?![\d\u4e00-\u9fff])|[二三四五六七八九1-9](?=[一每到至])|半)"
    every = r"(?:每一?|一整?|按|论|单|1(?!米\d)|/|跑一|干一|做一|装一|拉一|卸一|贴一|砌一|送一)"
    a_piece = "一[棵个台条亩方平件趟吨户张只头箱袋套单票桌盒根]"
    amount = (
        rf"[$]?(?!{a_piece})(?P<low>{NUMBER})"
        rf"(?:[来多把]?(?P<yuan1>{_YUAN})(?P<tail1>{tail})?|(?P<cents1>{_CENTS.format(1)}))?"
    )
    upper = (
        rf"(?:多|来)?(?:-+|~+|到|至|或)[$]?(?P<high>{NUMBER})"
        rf"(?:(?P<yuan2>{_YUAN})(?P<tail2>{tail})?|(?P<cents2>{_CENTS.format(2)}))?"
    )
    before = (
        rf"(?P<every>{every})(?:人)?(?P<before>{unit})(?:的|钱|工资|给|付|收|算|是|"
        r"为|约|开|工价|能|:|大概|人|价|结|出| |按|保底|左右|单价|合|有|挣|提成?|"
        r"抽成后|抽完|抽成|抽佣后?|到手|净到手|扣完|要|想要|最少|至少|可|发|计酬|"
        r"干净|净|净落|净挣|手工费|工费|加工费|运费|计|酬|落|就|净给|可以|可挣|可得|"
        rf"能挣|能拿|分你?|给你|归你|返|赚)*(?:(?<=[个块副张片条套台斤棵株袋箱车吨桶盆亩方平层户家盒根])(?:(?![零一二两三四五六七八九十百千半毛块角分元另提加])[\u4e00-\u9fff]){{1,4}}(?=[\d$一二两三四五六七八九]))?"
    )
    named = f"(?:{_by_first_character(_LABELS)})"
    label = (
        rf"(?P<label>{named}(?:{named})?)(?:是|为|给|在|约|大概|大约|:|按|开|有|可达|"
        r"最低|不低于|保底|面议|\((?P<label_unit>月|日|天|时|小时|元)\)|(?P<label_every>每(?:个)?(?:月|"
        r"天|日|小时|平米?|方|件|套|车|趟|吨|亩|斤|单|工|人)|[一1](?:天|月|个月|日|"
        r"平|方|小时|个工)|月|日)|人|(?<=[工待资]),| |到手|从|高|能|能拿|个|钱|就|"
        r"也就|均|一律|都|统一|单价|价|收|付|算|说定|定在|想|想要|期望|:)*"
    )
    after = (
        rf"(?P<more>{_MORE}(?:钱)?)(?:不等|起|之间)?(?:\(?(?:(?:[/每1按]|一整?)(?:人)?(?:每)?|"
        r"(?P<straight>(?=月(?!底|初|结|休|付|发|入|末|饼|嫂|子|\d)|天(?!天|气|数)|"
        rf"日(?!结|清|付|工|用|照)|小时(?!工))))(?P<after>{unit}|时(?!间|候|段|长))(?![一-龥]*?费)\)?|"
        r"\((?P<paren>月|日|天|时|小时)\)|(?P<whole>(?:[一二两三四五六七八九十\d]+个?人)?(?:一共|一起|平分|分)(?=,|。|;|$)|全包|包死|包圆|包下来|包干|包清|包工(?!头)|整包|整单|一口价|"
        r"总共|干完))?"
    )
    return guarded(rf"(?<![\d.A-Za-z第几])(?:{before}|{label})?{amount}(?:{upper})?{_NOT_MONEY_AFTER}{after}")


class Pay(NamedTuple):
    """Yuan per `unit`; the unit is None where the words leave it to be guessed. `base` marks a base wage."""

    low: float
    high: float
    unit: Unit | None
    rank: int = 0


_WHOLE = re.compile(
    r"一口价|总价|包价|全包价|包干|打包价|总共|一共给|合计|包给|包清工|包工包料|清包|整包|包活|包工|工料全包"
)
_LABEL_UNITS: list[tuple[re.Pattern[str], Unit]] = [
    (re.compile("时薪|小时|时工资|钟点费|每小时|一小时"), "hour"),
    (re.compile("日薪|日工资|天薪|日付|日给|日入|日赚|日挣|日进|单日|每天|每日|一天|[^期]日$|每工|一日|个工"), "day"),
    (
        re.compile("月薪|月工资|月收入|月付|月给|月入|月到手|单月|底薪|基本工资|月休|每月|每个月|一个月|一月|月开|月$"),
        "month",
    ),
    (
        re.compile(
            "单价|吨价|平米价|平方价|件价|计件|单趟|单件|单套|每平|每方|每件|每套|每车|"
            "每趟|每吨|每亩|每斤|每单|一平|一方"
        ),
        "piece",
    ),
]
_BASE = re.compile(r"底薪|基本工资|固定工资|保底|无责")
_IN_ALL = ("合计", "总共", "一共给")
_A_HEAD = ("每人", "人均")
_AFTER_DAYS = re.compile(r"(?:[2-9]|\d\d|[二两三四五六七八九十])天$")
_BARE_FROM = 60
_ONE_OFF = re.compile(
    r"上门|出价|帮我|就几件|来个人|来人修|修理费|维修费|马桶|下水|漏水|在线等|修好|弄好|通开|搬完|干完就|完就走|堵|移机|孔一?个|洞一?个|安好|装好|一次性|"
    r"现在就来|来看看|谁干|报个?价|量尺|小时的事|半天就|趟活"
)


def read(sheet: Sheet) -> list[Found[Pay]]:
    """The rates of pay in the order of the text; other sums of money are only blotted out."""
    found, spans = [], []
    for match in _pattern().finditer(sheet.left):
        if not _speaks_of_money(match):
            continue
        start, end = match.span()
        spans.append((start, end))
        if _is_other_money(sheet.text, match):
            continue
        pay = _pay(match)
        if pay is not None and _is_commission(sheet.text, match):
            pay = pay._replace(rank=-1)
        if pay is not None and pay.unit is None and _AFTER_DAYS.search(sheet.text[max(0, start - 5) : start]):
            pay = pay._replace(unit="job")
        if pay is not None:
            found.append(Found(pay, start, end, _sureness(pay, match)))
    sheet.take(spans)
    return found


def _is_commission(text: str, match: re.Match[str]) -> bool:
    """A share of each piece (一单提成80), which is the wage only where no other is said."""
    return "提成" in match[0] or text.startswith("提成", match.end())


def _speaks_of_money(match: re.Match[str]) -> bool:
    """A currency mark, a rate or a word for pay; a bare figure of three digits or more is a weak sign."""
    if match["yuan1"] or match["yuan2"] or "$" in match[0]:
        return True
    if cents := match["cents1"] or match["cents2"]:
        return not cents.startswith("分") or bool(match["before"] or match["after"] or "钱" in cents)
    low = bounds(match["high"] or match["low"])
    if match[0].startswith("十一"):
        return False
    if low is None or match["low"] in "百千万":
        return False
    if match["straight"] is not None and not match["label"]:
        return not match["before"] and match["after"] in ("月", "天", "日") and low[1] >= 50
    if match["after"] or match["paren"]:
        return bool(low[1] >= 5 or match["before"] or match["label"])
    if match["before"]:
        return low[1] >= 5 or _small_rate(match)
    if match["label"] in _IN_ALL:
        return low[1] >= 100
    if match["label"]:
        return low[1] >= (5 if len(match["label"]) > 1 else 15)
    return (_BARE_FROM <= low[1] <= 30000 and low[1] % 5 == 0) or bool(match["high"] and low[1] >= _BARE_FROM)


def _small_rate(match: re.Match[str]) -> bool:
    """A few yuan for a piece (计件一件2.6), not so many things of a piece (一箱3瓶)."""
    piece = match["before"] and _named(match["before"]) == "piece"
    return bool(piece) and ("." in match["low"] or match.string[match.end() : match.end() + 1] in " ,。;!\n)")


def _is_other_money(text: str, match: re.Match[str]) -> bool:
    start, end = match.start("low"), match.end()
    start -= text.endswith("$", 0, start)
    if _OTHER_MONEY_BEFORE.search(text, max(0, start - 14), start):
        return True
    if match["before"] and _is_commission(text, match):
        return False
    return match["more"] != "+" and bool(_OTHER_MONEY_AFTER.match(text, end, end + 6))


def _pay(match: re.Match[str]) -> Pay | None:
    if match[0].endswith("一分钱"):
        return None
    low, high = _amounts(match)
    if low is None or high is None or low <= 0 or high > 1_000_000:
        return None
    return Pay(low, high, _unit(match), _rank(match))


def _amounts(match: re.Match[str]) -> tuple[float | None, float | None]:
    first = bounds(match["low"])
    if first is None:
        return None, None
    low, high = _in_yuan(first, match["cents1"] or (None if match["yuan1"] else match["cents2"]))
    if match["more_cents1"]:
        more = _tenths(match["more_cents1"]) / 10
        low, high = low + more, high + more
    if match["tail1"]:
        tail = _tenths(match["tail1"])
        low, high = low + tail, high + tail
    second = bounds(match["high"]) if match["high"] else None
    if second is not None:
        upper = _in_yuan(second, match["cents2"])[1] + _tenths(match["tail2"]) + _tenths(match["more_cents2"]) / 10
        low, high = _same_scale(low, upper), upper
        if low > high:
            return low, low
    return round(low, 2), round(high, 2)


def _tenths(written: str | None) -> float:
    """What follows the unit: the 五 of 六块五 and of 一毛五, the 半 of 三块半."""
    if not written:
        return 0.0
    return 0.5 if written == "半" else (bounds(written) or (0.0, 0.0))[1] / 10


def _in_yuan(amount: tuple[float, float], cents: str | None) -> tuple[float, float]:
    scale = 1.0 if cents is None else 0.01 if cents.startswith("分") else 0.1
    return amount[0] * scale, amount[1] * scale


def _same_scale(low: float, high: float) -> float:
    """ "3到5千" and "三到四百" name the scale once."""
    for scale in (10000.0, 1000.0, 100.0):
        if low < 10 and high >= scale and low * scale < high and low == int(low):
            return low * scale
    return low


def _unit(match: re.Match[str]) -> Unit | None:
    label = (match["label"] or "") + (match["label_every"] or "") + (match["label_unit"] or "")
    if match["whole"] and not match["before"]:
        return "job"
    if match["label"] and _WHOLE.search(match["label"]):
        return "piece" if match["after"] and _named(match["after"]) == "piece" else "job"
    if match["after"] or match["paren"]:
        return _named(match["after"] or match["paren"])
    if match["before"]:
        named = _named(match["before"])
        a_person = match["before"] == "个" and ("个人" in match[0] or (_amounts(match)[1] or 0) >= 1000)
        return None if a_person else named
    return next((unit for words, unit in _LABEL_UNITS if words.search(label)), None) if label else None


def _named(word: str) -> Unit:
    return {"时": "hour"}.get(word) or pairs("units")[word]  # type: ignore[return-value]


def _rank(match: re.Match[str]) -> int:
    """Which of several sums is the wage: a base wage first, then by unit, by label, by currency, bare."""
    if match["label"] and (_BASE.search(match["label"]) or match["label"] in _A_HEAD):
        return 4
    if match["after"] or match["before"] or match["paren"] or match["label_every"]:
        return 3
    if match["label"]:
        return 2
    return 1 if match["yuan1"] or match["more"] == "+" or "$" in match[0] or match["cents1"] else 0


def _sureness(pay: Pay, match: re.Match[str]) -> float:
    return (0.6, 0.75, 0.85, 0.95, 0.95)[max(pay.rank, 0)] - (0.1 if pay.unit is None else 0.0)


_OTHER_THING = re.compile(r"^[,、/ ]?[\u4e00-\u9fff]{2,4}$")
_OTHER_HALF = re.compile(
    r"^[,、/ ]?(?:(?:女|男|大件|小件|大车|小车|大棵|小棵|熟|生|没证|无证|有证|"
    r"夜班|晚班|白班|周末|新手|老手|捡)(?:的|工|手|性|师傅)?)+[:是]?$"
)


def spread(best: Found[Pay], others: list[Found[Pay]], text: str) -> Found[Pay]:
    """Two rates side by side for one kind of work (男的150女的120) are a range."""
    low, high, end = best.value.low, best.value.high, best.end
    for other in others:
        gap = text[end : other.start]
        alike = other.value.unit in (best.value.unit, None) and other.value.rank <= best.value.rank
        same = other.value.rank == best.value.rank and other.value.unit == best.value.unit is not None
        piece = best.value.unit == "piece" and other.value.high <= 5 * best.value.high
        beside = _OTHER_HALF.match(gap) or ((same or piece) and _OTHER_THING.match(gap))
        if other.start >= end and alike and beside:
            low, high, end = min(low, other.value.low), max(high, other.value.high), other.end
    if (low, high) == (best.value.low, best.value.high):
        return best
    return best._replace(value=best.value._replace(low=low, high=high), end=end)


def is_one_off(text: str) -> bool:
    """Whether the text speaks of one small thing to be done, which is paid as a whole."""
    return bool(_ONE_OFF.search(text))


def guessed(pay: Pay, likely: Unit | None = None) -> Unit:
    """The unit of pay that is said without one: the one that the message uses elsewhere, else by its size."""
    if likely is not None and not (likely == "piece" and pay.high >= 1000):
        return likely
    return "hour" if pay.high < 40 else "day" if pay.high < 900 else "month"
