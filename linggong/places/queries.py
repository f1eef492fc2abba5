"""Reading divisions, sites and minimum wages. All of it is public."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Length, Replace, StrIndex
from django.utils.translation import gettext_lazy as _

from linggong.lib.errors import Refusal
from linggong.lib.text import compact
from linggong.places.models import Division, MinimumWage, Site

LEVELS: tuple[int, ...] = tuple(Division.Level.values)


class DivisionUnknown(Refusal):
    """No division has this code."""

    code = "division_unknown"


class SiteUnknown(Refusal):
    """No site has this id."""

    code = "site_unknown"


@lru_cache(maxsize=8192)
def division(code: str) -> Division:
    """The division of a code; divisions hardly change, so a process asks for each only once. Raises DivisionUnknown."""
    found = Division.objects.filter(pk=code).first()
    if found is None:
        raise DivisionUnknown(_("没有这个行政区划，请从列表里选一个。"), field="division")
    return found


def path_of(code: str) -> list[Division]:
    """The divisions around and including this one, from the province down."""
    return [division(code[:digits]) for digits in LEVELS if digits <= len(code)]


def name_of(code: str) -> str:
    """As people say it from the county down: '潞州区 马厂镇'; above the county just its name."""
    path = path_of(code)
    near = [part for part in path if part.level >= Division.Level.COUNTY]
    return " ".join(part.name for part in near or path[-1:])


def children(code: str) -> list[Division]:
    """The divisions one level below, in the order of their pinyin."""
    below = [digits for digits in LEVELS if digits > len(code)]
    return list(Division.objects.filter(level__in=below[:1], code__startswith=code).order_by("sort_key", "code"))


def find_divisions(text: str, within: str, limit: int = 8) -> list[Division]:
    """Divisions below the prefix `within` by name, pinyin or initials ('马厂', 'machang', 'mcz'), the larger first."""
    typed = compact(text).lower()
    if not typed:
        return []
    spelt = Replace(F("sort_key"), Value(" "), Value(""))
    below = Division.objects.filter(code__startswith=within).annotate(spelt=spelt)
    matching = below.filter(Q(name__contains=typed) | Q(spelt__startswith=typed) | Q(initials__startswith=typed))
    return list(matching.order_by("level", StrIndex("name", Value(typed)), Length("name"), "sort_key", "code")[:limit])


def sites(division: str, kinds: Iterable[str] | None = None) -> list[Site]:
    """The sites of a division and all below it, with what they offer."""
    found = Site.objects.filter(division__startswith=division).prefetch_related("facilities")
    return list(found.filter(kind__in=list(kinds)) if kinds is not None else found)


def site(id: UUID) -> Site:
    """One site with what it offers. Raises SiteUnknown."""
    found = Site.objects.filter(pk=id).select_related("parent").prefetch_related("facilities").first()
    if found is None:
        raise SiteUnknown(_("没有这个站点。"))
    return found


def minimum_wage(division: str, on: date) -> MinimumWage | None:
    """What holds at a division on a day: of its nearest division that has one, the latest then in force."""
    around = [division[:digits] for digits in LEVELS if digits <= len(division)]
    valid = MinimumWage.objects.filter(division__in=around, valid_from__lte=on)
    return valid.order_by(Length("division").desc(), "-valid_from").first()
