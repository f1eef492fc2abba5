"""The people and places that tests tell of. Made by the operations themselves, so that they are as in life."""

from datetime import date
from itertools import count
from typing import Any

from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib.identity import make_identity_number
from linggong.places.models import Division, Site
from linggong.workers import operations as workers
from linggong.workers.models import Worker
from linggong.workers.records import NewWorker

COUNTY = "140403"
TOWN = "140403103"
NEIGHBOUR = "140404"

_DIVISIONS = (
    ("14", "山西省", 2, "shan xi sheng", 37.87, 112.55),
    ("1404", "长治市", 4, "chang zhi shi", 36.20, 113.11),
    (COUNTY, "潞州区", 6, "lu zhou qu", 36.20, 113.12),
    (TOWN, "马厂镇", 9, "ma chang zhen", 36.25, 113.13),
    (NEIGHBOUR, "上党区", 6, "shang dang qu", 36.05, 113.05),
)
_sequence = count(1)


def county() -> Site:
    """潞州区 with 马厂镇, its neighbour 上党区, and the market of 潞州区."""
    Division.objects.bulk_create(
        [
            Division(code=code, name=name, level=level, sort_key=key, latitude=latitude, longitude=longitude)
            for code, name, level, key, latitude, longitude in _DIVISIONS
        ],
        ignore_conflicts=True,
    )
    market, _ = Site.objects.get_or_create(
        name="潞州区零工市场",
        division=COUNTY,
        defaults={
            "kind": Site.Kind.MARKET,
            "address": "英雄南路1号",
            "latitude": 36.19,
            "longitude": 113.12,
            "hours": "6:00-18:00",
            "state": Site.State.OPEN,
        },
    )
    return market


def clerk() -> Viewer:
    """刘芳 at the window of the county's market."""
    return Viewer(role="window_clerk", name="刘芳", division=COUNTY)


def town_clerk() -> Viewer:
    """赵敏 at the station of 马厂镇."""
    return Viewer(role="station_clerk", name="赵敏", division=TOWN)


def neighbour_clerk() -> Viewer:
    """孙丽 at the window of the neighbouring county."""
    return Viewer(role="window_clerk", name="孙丽", division=NEIGHBOUR)


def identity_number(birth_date: date = date(1970, 5, 1), region: str = "140411") -> str:
    """Another well-formed number each time (1000 for each day of birth)."""
    return make_identity_number(region, birth_date, next(_sequence) % 1000)


def telephone() -> str:
    """Another mobile number each time."""
    return f"138{next(_sequence):08d}"


def new_worker(name: str = "王建国", trades: tuple[str, ...] = ("loader",), **fields: Any) -> NewWorker:
    """What a clerk types; whatever is not said is as it is with most people."""
    known = {"identity_number": identity_number(), "telephone": telephone(), "division": TOWN, "consent": True}
    return NewWorker(name=name, trades=tuple((code, 2) for code in trades), **{**known, **fields})


def worker(name: str = "王建国", trades: tuple[str, ...] = ("loader",), **fields: Any) -> Worker:
    """A registered worker of 马厂镇."""
    new = new_worker(name, trades, **fields)
    with within(system("cast")):
        return workers.register(new=new, by=system("cast"), source="desk")


def viewer_of_worker(worker: Worker) -> Viewer:
    """The worker's own login."""
    return Viewer(role="worker", name=worker.name, worker_id=worker.id)
