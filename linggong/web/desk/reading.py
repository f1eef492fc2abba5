"""What clerks type in one line, read into what operations take: trades, places, employers, certificates."""

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from linggong.employers import queries as employers
from linggong.employers.models import Employer
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.lib.trades import TRADES, Trade, find_trades
from linggong.places.models import Division, Site
from linggong.places.queries import division, find_divisions, path_of
from linggong.web.desk.acts import reach
from linggong.workers.models import Skill

SEPARATORS = re.compile("[,，、;；/\n]+")
EXPIRY = re.compile(r"(?:到|至|有效期)*\s*([0-9]{4})[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})?日?)?(?:止|到期)?$")


def read_trades(typed: str, usual_skill: int = Skill.SKILLED) -> tuple[tuple[str, int], ...]:
    """'瓦工 wg3、搬运1': trades by name, pinyin or initials; a digit after one says how well. Raises Refusal."""
    words = [word for part in SEPARATORS.split(plain_lines(typed)) for word in _words(part)]
    return tuple(_trade_and_skill(word, usual_skill) for word in words)


def read_trade(typed: str) -> str:
    """The code of the one trade of a job. Raises Refusal."""
    pairs = read_trades(typed)
    if len(pairs) != 1:
        raise Refusal(_("请写一个工种，可以用拼音首字母，例如 wg。"), field="trade", code="trade_unknown")
    return pairs[0][0]


def read_place(typed: str, viewer: Viewer) -> Division:
    """'潞州区 马厂镇' or 'machang': a division of the viewer's reach, the larger first. Raises Refusal."""
    above = {part.name for part in path_of(reach(viewer))} if reach(viewer) else set()
    within, last = reach(viewer), division(reach(viewer)) if reach(viewer) else None
    for word in plain(typed).split():
        known = find_divisions(word, within)
        chosen = next((each for each in known if each.name == word), known[0] if known else None)
        if chosen is not None:
            within, last = chosen.code, chosen
        elif word not in above:
            raise Refusal(_("辖区里没有“%(name)s”，请从列表里选。") % {"name": word}, field="division", code="division")
    if last is None or not plain(typed):
        raise Refusal(_("请写住在哪个乡镇、街道或者村。"), field="division", code="division")
    return last


def read_spot(typed: str, viewer: Viewer) -> Site | Division:
    """A site by its whole name, or a division."""
    site = Site.objects.filter(name=plain(typed), division__startswith=reach(viewer)).first()
    return site or read_place(typed, viewer)


def read_employer(typed: str, viewer: Viewer) -> Employer:
    """By name, initials or telephone; '华丰建材 5566' adds the end of its telephone. Raises Refusal."""
    name, _gap, ending = plain(typed).rpartition(" ")
    if re.fullmatch("[0-9]{4}", ending) and name:
        known = [each for each in employers.search(name, viewer) if each.telephone_masked.endswith(ending)]
    else:
        known = employers.search(typed, viewer)
        known = [each for each in known if each.name == plain(typed)] or known
    if len(known) == 1:
        return known[0]
    if not known:
        raise Refusal(_("没有找到这个用工主体，请先登记。"), field="employer", code="employer_unknown")
    names = _("、").join(f"{each.name} {each.telephone_masked[-4:]}" for each in known[:4])
    raise Refusal(_("有好几家：%(names)s，请选一家。") % {"names": names}, field="employer", code="employer_unclear")


def read_certificates(typed: str) -> tuple[tuple[str, date | None], ...]:
    """'健康证 2027-03-01、低压电工证': names, each with its last day where one is written. Raises Refusal."""
    parts = [plain(part) for part in SEPARATORS.split(plain_lines(typed.replace("/", "-")))]
    return tuple(_certificate(part) for part in parts if part)


def plain_lines(typed: str) -> str:
    return "\n".join(plain(line) for line in typed.splitlines())


def _certificate(part: str) -> tuple[str, date | None]:
    expiry = EXPIRY.search(part)
    if expiry is None:
        return part, None
    year, month = int(expiry[1]), int(expiry[2])
    try:
        last = date(year, month, int(expiry[3] or monthrange(year, month)[1]))
    except ValueError:
        words = _("“%(part)s”里的日期不存在，请写成 2027-03-01。") % {"part": part}
        raise Refusal(words, field="certificates", code="certificate") from None
    return part[: expiry.start()].strip() or part, last


def _words(part: str) -> list[str]:
    """A whole name (English ones have spaces) stays whole; else every word is a trade of its own."""
    text = plain(part)
    return [text] if _named(text) else text.split()


def _named(text: str) -> Trade | None:
    return next((trade for trade in TRADES.values() if text.lower() in (trade.zh, trade.en.lower())), None)


def _trade_and_skill(word: str, usual_skill: int) -> tuple[str, int]:
    graded = re.fullmatch(".+[0-3]", word) and not (word.isascii() and find_trades(word))  # a driver's B2 is no grade
    name, skill = (word[:-1], int(word[-1])) if graded else (word, usual_skill)
    chosen = _named(name) or next(iter(find_trades(name, limit=1)), None)
    if chosen is None:
        words = _("没有“%(name)s”这个工种，请从列表里选，或者换个说法。") % {"name": name}
        raise Refusal(words, field="trades", code="trade_unknown")
    return chosen.code, skill
