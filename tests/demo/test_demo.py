"""The demo county is lived by the project's own operations, and its day goes on by itself."""

import random

import pytest
from django.db.models import F

from linggong.attendance.models import Attendance
from linggong.audit.models import Entry
from linggong.demo import history, live, people
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.pay.models import Wage
from linggong.places.models import Site
from linggong.posts.models import Shift
from linggong.workers.models import Worker


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "DAYS", 3)
    monkeypatch.setattr(history, "WORKERS", 40)
    monkeypatch.setattr(history, "JOBS_A_DAY", 3)
    people.make_places()
    people.make_staff()
    history.History(lambda _: None).live()


@pytest.mark.usefixtures("county")
def test_the_county_has_a_past_a_present_and_a_day_that_goes_on() -> None:
    with within(system("test")):
        assert Site.objects.filter(kind="market").count() == 18
        assert Worker.objects.count() > 30
        assert (
            Placement.objects.exists()
            and Attendance.objects.exists()
            and Wage.objects.filter(state="received").exists()
        )
        assert not Shift.objects.filter(taken__gt=F("places")).exists()
        assert not Wage.objects.filter(paid_fen__gt=F("owed_fen")).exists()
        assert Entry.objects.filter(act="worker.registered").count() == Worker.objects.count()
        before = Entry.objects.count()
    lottery = random.Random(1)
    for _ in range(12):
        assert live.tick(lottery)
    with within(system("test")):
        assert Entry.objects.count() > before
