"""The county's sites, staff, workers and employers."""

import random
from datetime import date, timedelta

from linggong.accounts import operations as accounts
from linggong.demo import material
from linggong.employers import operations as employers
from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.credit_code import make_credit_code
from linggong.lib.errors import Refusal
from linggong.lib.identity import make_identity_number
from linggong.places import operations as places
from linggong.places.models import Division, Site
from linggong.posts import vetting
from linggong.workers import operations as workers
from linggong.workers.models import Worker
from linggong.workers.records import NewWorker

MAKER = system("demo")


def make_places() -> None:
    """Divisions, minimum wages, the market, its 17 town and street markets, stations and a riders' home."""
    places.load_divisions("14")
    places.load_minimum_wages(by=MAKER)
    county = Division.objects.get(code=material.COUNTY)
    market = _site("market", county, "潞州区零工市场", "英雄南路 86 号", "6:00–18:00", windows=5)
    for town in _towns():
        _site(
            "market",
            town,
            f"{_short(town.name)}零工市场",
            f"{_short(town.name)}便民服务中心一楼",
            "7:00–17:30",
            market,
            2,
        )
    for name, code, north, east in material.STATIONS:
        town = Division.objects.get(code=code)
        _site("station", town, name, f"{_short(town.name)}党群服务中心", "8:00–18:00", market, 1, (north, east))
    _site("riders_home", county, "城中骑手之家", "长兴路 21 号", "9:00–22:00", market, 0, (0.009, -0.006))


def _towns() -> list[Division]:
    towns = Division.objects.filter(code__startswith=material.COUNTY, level=Division.Level.TOWNSHIP)
    return list(towns.exclude(code__in=["140403400", "140403401"]).order_by("code"))


def _short(name: str) -> str:
    return "经济技术开发区" if name.startswith("长治经济技术开发区") else name


def _site(
    kind: str,
    division: Division,
    name: str,
    address: str,
    hours: str,
    parent: Site | None = None,
    windows: int = 0,
    offset: tuple[float, float] = (0.001, 0.002),
) -> Site:
    facilities = {
        "market": ("lounge", "water", "wifi", "talk_room", "consultation", "toilet"),
        "station": ("water", "wifi", "lounge"),
        "riders_home": ("water", "charging", "lounge"),
    }[kind]
    return places.add_site(
        kind=kind,
        division=division.code,
        name=name,
        address=address,
        latitude=(division.latitude or 36.2) + offset[0],
        longitude=(division.longitude or 113.1) + offset[1],
        hours=hours,
        by=MAKER,
        parent=parent,
        facilities=facilities,
        telephone="0355-2020120",
        windows=windows,
    )


def make_staff() -> None:
    market = Site.objects.get(name="潞州区零工市场")
    for username, name, role, division in material.STAFF:
        accounts.create_staff(
            username=username,
            name=name,
            role=role,
            division=division,
            password=material.PASSWORD,
            site_id=market.id if role == "window_clerk" else None,
            by=MAKER,
        )


def clerk() -> Viewer:
    """王芳 at the market's window."""
    return Viewer(role="window_clerk", name="王芳", division=material.COUNTY)


def agent() -> Viewer:
    """郭静 at the call centre."""
    return Viewer(role="call_agent", name="郭静", division=material.COUNTY)


def of_worker(worker: Worker) -> Viewer:
    return Viewer(role="worker", name=worker.name, worker_id=worker.id)


def of_employer(employer: Employer) -> Viewer:
    return Viewer(role="employer", name=employer.contact_name, employer_id=employer.id)


def register_somebody(lottery: random.Random, number: int) -> Worker | None:
    """A new person at the window, with trades, wishes and a position near home; None where the draw is a double."""
    home = _home(lottery)
    female = lottery.random() < 0.42
    given = lottery.choice(material.GIVEN_FEMALE if female else material.GIVEN_MALE)
    born = date(1962, 1, 1) + timedelta(days=int(lottery.triangular(0, 15000, 4200)))
    trades = lottery.choices([t for t, _ in material.TRADES_OF_PEOPLE], [w for _, w in material.TRADES_OF_PEOPLE])[0]
    new = NewWorker(
        name=lottery.choice(material.SURNAMES) + given,
        identity_number=make_identity_number("140411", born, (number * 2) % 998 + (0 if female else 1)),
        telephone=f"1{lottery.choice('358')}{lottery.randrange(10**9):09d}" if lottery.random() < 0.94 else "",
        trades=tuple((code, lottery.choice([1, 2, 2, 3])) for code in trades),
        division=home.code,
        pay_asked_fen=lottery.choice([None, 12000, 13000, 15000, 18000, 20000]),
        open_to_less=lottery.random() < 0.5,
        reach_m=lottery.choice([3000, 5000, 8000, 10000, 15000]),
        priority_groups=tuple(lottery.sample(material.PRIORITY, 1)) if lottery.random() < 0.4 else (),
        certificates=(("健康证", clock.today() + timedelta(days=300)),) if lottery.random() < 0.3 else (),
        takes_standby=lottery.random() < 0.5,
        latitude=(home.latitude or 36.2) + lottery.gauss(0, 0.006),
        longitude=(home.longitude or 113.1) + lottery.gauss(0, 0.006),
        consent=True,
    )
    try:
        with within(clerk()):
            return workers.register(new=new, by=clerk(), site=Site.objects.get(name="潞州区零工市场"), source="desk")
    except Refusal:
        return None


def register_employers(lottery: random.Random) -> list[Employer]:
    """All of them vetted but for the last two, who wait for the clerk."""
    made = []
    for number, (kind, name) in enumerate(material.EMPLOYERS):
        made.append(register_employer(lottery, kind, name, number))
        if number < len(material.EMPLOYERS) - 2:
            vetting.approve(employer=made[-1], by=clerk())
    return made


def register_employer(lottery: random.Random, kind: str, name: str, number: int) -> Employer:
    home = _home(lottery)
    household = make_identity_number("140411", date(1975, 3, 1) + timedelta(days=number), number * 2 + 1)
    new = NewEmployer(
        kind=kind,
        name=name,
        register_number=household if kind == "household" else make_credit_code(material.SEED + number),
        contact_name=lottery.choice(material.SURNAMES) + lottery.choice(["经理", "老板", "师傅", "队长"]),
        telephone=f"139{lottery.randrange(10**8):08d}",
        division=home.code,
        address=f"{lottery.choice(material.STREETS)} {lottery.randrange(1, 180)} 号",
        latitude=(home.latitude or 36.2) + lottery.gauss(0, 0.004),
        longitude=(home.longitude or 113.1) + lottery.gauss(0, 0.004),
    )
    with within(clerk()):
        return employers.register(new=new, by=clerk(), source="desk")


def _home(lottery: random.Random) -> Division:
    towns = _towns()
    return lottery.choices(towns, [3.0 if town.in_town else 1.6 for town in towns])[0]
