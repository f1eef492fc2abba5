"""The people and places that tests tell of. Made by the operations themselves, so that they are as in life."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Placement
from linggong.employers import operations as employers
from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.credit_code import make_credit_code
from linggong.lib.identity import make_identity_number
from linggong.places.models import Division, Site
from linggong.posts import operations as posts
from linggong.posts import vetting
from linggong.posts.models import Job, Shift
from linggong.posts.records import NewJob, NewShift
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
_births: "defaultdict[date, count[int]]" = defaultdict(count)


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
    """Another well-formed number each time; a day of birth has 1000 of them, then comes the day before."""
    days, number = divmod(next(_births[birth_date]), 1000)
    return make_identity_number(region, birth_date - timedelta(days=days), number)


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


def new_employer(name: str = "潞州商贸有限公司", **fields: Any) -> NewEmployer:
    """A firm as a clerk types it."""
    known = {
        "kind": "firm",
        "register_number": make_credit_code(next(_sequence)),
        "contact_name": "李强",
        "telephone": telephone(),
        "division": COUNTY,
        "address": "太行东街 8 号",
        "latitude": 36.195,
        "longitude": 113.125,
    }
    return NewEmployer(name=name, **{**known, **fields})


def employer(name: str = "潞州商贸有限公司", *, vetted: bool = True, **fields: Any) -> Employer:
    """A registered employer of 潞州区, vetted unless told otherwise."""
    with within(system("cast")):
        made = employers.register(new=new_employer(name, **fields), by=clerk(), source="desk")
        return vetting.approve(employer=made, by=clerk()) if vetted else made


def viewer_of_employer(employer: Employer) -> Viewer:
    """The employer's own login."""
    return Viewer(role="employer", name=employer.contact_name, employer_id=employer.id)


def new_job(employer: Employer, *shifts: NewShift, **fields: Any) -> NewJob:
    """卸货, a day for 220 yuan near 马厂镇, tomorrow from 7:30 to 17:30 for three people."""
    known = {
        "trade": "loader",
        "title": "卸货",
        "place_name": "马厂镇物流园",
        "division": TOWN,
        "latitude": 36.252,
        "longitude": 113.131,
        "pay_fen": 22000,
        "pay_unit": "day",
        "settlement": "daily",
        "break_minutes": 60,
    }
    return NewJob(employer_id=employer.id, shifts=shifts or (tomorrow(),), **{**known, **fields})


def tomorrow(begin: time = time(7, 30), end: time = time(17, 30), places: int = 3, days: int = 1) -> NewShift:
    """A shift so many days from today; over midnight where it ends before it begins."""
    day = clock.today() + timedelta(days=days)
    last = day + timedelta(days=1) if end <= begin else day
    return NewShift(_at(day, begin), _at(last, end), places)


def job(employer: Employer | None = None, *shifts: NewShift, **fields: Any) -> Job:
    """A posted job, open where nothing speaks against it."""
    return posts.post(new=new_job(employer or globals()["employer"](), *shifts, **fields), by=clerk(), source="desk")


def shift(employer: Employer | None = None, **fields: Any) -> Shift:
    """The one shift of a posted job; `begin`, `end`, `places`, `days` say when and for how many."""
    timing = {name: fields.pop(name) for name in ("begin", "end", "places", "days") if name in fields}
    made = job(employer, tomorrow(**timing), **fields)
    return Shift.objects.select_related("job").get(job=made)


def placement(worker: Worker, shift: Shift) -> Placement:
    """The worker has a place of the shift, booked at the desk."""
    with within(system("cast")):
        return dispatch.place(shift=shift, worker=worker, by=system("cast"))


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, clock.SHANGHAI)
