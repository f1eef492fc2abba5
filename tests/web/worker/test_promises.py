"""What holds for every page of the worker: light, strict, complete in both languages, and no slower with more rows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import linggong
from linggong.attendance import operations as attendance
from linggong.dispatch.models import Offer
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.web.worker.conftest import Phone, phone_of

STATIC = Path(linggong.__file__).parent / "static/linggong"
LISTS = ["home", "jobs", "offers", "shifts", "pay", "messages"]

Ask = Callable[[Shift, Worker], Offer]


@pytest.fixture
def employer(county: None) -> Employer:
    return cast.employer()


def a_day_more(phone: Phone, employer: Employer, ask: Ask, days: int) -> dict[str, object]:
    """One offer, one open job, one shift to come and one that is paid for, each on a day of its own."""
    offer = ask(cast.shift(employer, days=days), phone.worker)
    held = cast.placement(phone.worker, cast.shift(employer, days=days + 30))
    past = cast.placement(phone.worker, cast.shift(employer, days=days + 60))
    with clock.at(past.starts), within(system("test")):
        attendance.check_in(placement=past, by=cast.clerk(), way="clerk")
    with clock.at(past.shift.ends):
        wage = pay.settle(placement=past, by=cast.clerk())
    return {"offer": offer, "shift": offer.shift, "held": held, "past": past, "wage": wage}


def pages(made: dict[str, object]) -> Iterator[str]:
    ids = {name: row.pk for name, row in made.items()}  # type: ignore[attr-defined]
    for route in [*LISTS, "resume", "help"]:
        yield reverse(f"worker:{route}")
    for route, name in {
        "job": "shift", "offer": "offer", "decline": "offer", "pass_on": "offer", "cancel": "held", "arrived": "held",
        "rate": "past", "wage": "wage", "not_received": "wage",
    }.items():  # fmt: skip
        yield reverse(f"worker:{route}", args=[ids[name]])
    for placement in ("held", "past"):
        yield reverse("worker:shift", args=[ids[placement]])
    for part in ("trades", "skills", "terms", "home", "contact"):
        yield reverse("worker:resume_edit", args=[part])


def test_the_first_load_is_under_100_kb(phone: Phone, employer: Employer, ask: Ask) -> None:
    for days in (1, 2, 3):
        a_day_more(phone, employer, ask, days)
    files = [STATIC / name for name in ("linggong.css", "keep.js", "worker.js", "mark.svg")]
    assert len(phone.open("home").content) + sum(file.stat().st_size for file in files) < 100_000


def test_no_page_needs_what_the_security_policy_refuses(phone: Phone, employer: Employer, ask: Ask) -> None:
    for page in pages(a_day_more(phone, employer, ask, 1)):
        answer = phone.client.get(page)
        assert answer.status_code == 200, page
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", answer.content.decode()), page


def test_on_english_pages_only_what_people_wrote_is_chinese(phone: Phone, employer: Employer, ask: Ask) -> None:
    made = a_day_more(phone, employer, ask, 1)
    english = phone_of(phone.worker, "en")
    for page in pages(made):
        text = english.client.get(page).content.decode()
        rest = re.sub(r'<(\w+)[^>]*\slang="zh[^"]*"[^>]*>.*?</\1>', "", text, flags=re.DOTALL)
        assert set(re.findall(r"[\u4e00-\u9fff]+", rest)) <= {"中文"}, page


@pytest.mark.parametrize("route", LISTS)
def test_a_longer_list_takes_no_more_queries(phone: Phone, employer: Employer, ask: Ask, route: str) -> None:
    a_day_more(phone, employer, ask, 1)
    phone.read(route)
    few = _queries(phone, route)
    for days in (2, 3, 4):
        a_day_more(phone, employer, ask, days)
    assert _queries(phone, route) <= few


def _queries(phone: Phone, route: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        phone.read(route)
    return len(captured)
