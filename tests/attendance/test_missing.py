"""Somebody does not come: raised once by the clock, decided by a person, contested by the worker."""

from datetime import timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.attendance import operations as attendance
from linggong.attendance import queries
from linggong.attendance.missing import AlreadyDecided, ContestTooLate, ElsewhereThen, ReasonMissing
from linggong.attendance.models import Attendance, MissingArrival
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement, Reputation
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.notices.models import Notice
from linggong.posts.models import Shift
from tests import cast
from tests.attendance.day import Day, a_day

OFFICER = Viewer(role="rights_officer", name="周正", division=cast.COUNTY)


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def raised(day: Day, minutes: int = 15) -> int:
    moment = day.starts + timedelta(minutes=minutes)
    with clock.at(moment):
        return attendance.raise_missing(moment)


def alarm(day: Day) -> MissingArrival:
    raised(day)
    with within(system("test")):
        return MissingArrival.objects.get(placement=day.placement)


def decided(day: Day, decision: str, hours: float = 1, **said: Any) -> MissingArrival:
    missing = alarm(day)
    with clock.at(day.starts + timedelta(hours=hours)):
        return attendance.decide_missing(
            missing=missing, decision=decision, by=cast.clerk(), **{"reason": "电话没人接", **said}
        )


def contested(day: Day) -> MissingArrival:
    missing = decided(day, "no_show")
    with clock.at(day.ends):
        return attendance.contest(missing=missing, by=day.as_worker, words="我去了，在后门卸货")


def seen(day: Day) -> tuple[str, int, int]:
    """(state of the placement, places taken, shifts missed)"""
    with within(system("test")):
        missed = Reputation.objects.filter(worker=day.worker).values_list("missed", flat=True).first()
        placement = Placement.objects.get(pk=day.placement.pk)
        return placement.state, Shift.objects.get(pk=day.shift.pk).taken, missed or 0


def told(topic: str) -> list[str]:
    with within(system("test")):
        rows = Notice.objects.filter(topic=topic, channel="app").exclude(state="cancelled")
        return sorted(rows.values_list("recipient", flat=True))


def test_fourteen_minutes_late_alarms_nobody(day: Day) -> None:
    assert raised(day, minutes=14) == 0


def test_fifteen_minutes_late_alarms_employer_desk_and_the_worker_himself(day: Day) -> None:
    assert raised(day) == 1
    assert told("attendance.missing") == ["desk", "employer", "worker"]


def test_the_alarm_is_raised_once(day: Day) -> None:
    assert (raised(day), raised(day, minutes=16)) == (1, 0)


def test_who_has_come_is_not_missing(day: Day) -> None:
    day.arrives()
    assert raised(day) == 0


def test_work_taken_home_misses_nobody(db: None) -> None:
    with within(system("test")):
        cast.county()
        job = cast.job(
            kind="piecework", pay_unit="piece", pay_fen=300, due_on=clock.today() + timedelta(days=9), pieces=500
        )
        shift = Shift.objects.select_related("job").get(job=job)
    day = a_day(shift=shift)
    assert raised(day, minutes=600) == 0


def test_the_clock_never_writes_a_no_show(day: Day) -> None:
    raised(day, minutes=60 * 24 * 3)
    assert seen(day) == (Placement.State.CONFIRMED, 1, 0)


def test_who_comes_later_ends_the_alarm_and_its_messages(day: Day) -> None:
    missing = alarm(day)
    day.arrives(minutes=40)
    with within(system("test")):
        missing.refresh_from_db()
    assert missing.state == MissingArrival.State.ARRIVED
    assert told("attendance.missing") == []
    assert told("attendance.came_late") == ["desk"]


def test_who_waits_at_the_site_is_told_when_somebody_scans_late(day: Day) -> None:
    alarm(day)
    with clock.at(day.starts + timedelta(minutes=40)):
        code = attendance.site_code(day.shift)
        attendance.check_in_by_code(shift_id=day.shift.id, code=code, by=day.as_worker)
    assert told("attendance.came_late") == ["desk", "employer"]


def test_the_desk_sees_who_is_missing_and_the_neighbour_does_not(day: Day) -> None:
    missing = alarm(day)
    with within(cast.clerk()):
        assert queries.missing_now(viewer=cast.clerk()) == [missing]
        assert queries.missing(missing.id, viewer=cast.clerk()).placement.worker_name == "王建国"
    with within(cast.neighbour_clerk()):
        assert queries.missing_now(viewer=cast.neighbour_clerk()) == []
        with pytest.raises(queries.MissingNotFound):
            queries.missing(missing.id, viewer=cast.neighbour_clerk())


# ------------------------------------------------------------------ deciding


def test_a_no_show_frees_the_place_and_stands_in_the_record(day: Day) -> None:
    decided(day, "no_show")
    assert seen(day) == (Placement.State.NO_SHOW, 0, 1)
    assert told("attendance.no_show") == ["worker"]


def test_the_next_standby_is_asked_when_the_place_comes_free(db: None) -> None:
    day = a_day(places=1)
    with within(system("test")):
        waiting = cast.worker("李明", takes_standby=True)
        dispatch.stand_by(shift=day.shift, worker=waiting, by=system("test"))
    decided(day, "no_show")
    with within(system("test")):
        assert Offer.objects.filter(shift=day.shift, worker=waiting, origin="standby", state="waiting").exists()


def test_an_excuse_frees_the_place_and_leaves_the_record_clean(day: Day) -> None:
    missing = decided(day, "excused", reason="孩子发烧")
    assert (missing.state, missing.reason) == ("excused", "孩子发烧")
    assert seen(day) == (Placement.State.CANCELLED_BY_WORKER, 0, 0)


def test_he_was_there_all_the_time(day: Day) -> None:
    decided(day, "arrived", arrived_at=day.starts)
    assert seen(day) == (Placement.State.ARRIVED, 1, 0)
    with within(system("test")):
        assert Attendance.objects.get(placement=day.placement).arrived_at == day.starts


def test_decided_after_the_end_he_counts_from_the_start(day: Day) -> None:
    decided(day, "arrived", hours=12)
    with within(system("test")):
        assert Attendance.objects.get(placement=day.placement).arrived_at == day.starts


def test_he_cannot_have_come_later_than_now(day: Day) -> None:
    with pytest.raises(Refusal) as refused:
        decided(day, "arrived", arrived_at=day.ends)
    assert refused.value.field == "arrived_at"


@pytest.mark.parametrize("decision", ["excused", "no_show"])
def test_what_counts_for_or_against_a_person_needs_a_reason(day: Day, decision: str) -> None:
    with pytest.raises(ReasonMissing):
        decided(day, decision, reason="  ")
    assert seen(day) == (Placement.State.CONFIRMED, 1, 0)


def test_a_decision_is_made_once(day: Day) -> None:
    missing = decided(day, "no_show")
    with pytest.raises(AlreadyDecided):
        attendance.decide_missing(missing=missing, decision="excused", by=cast.clerk(), reason="后来说有事")
    assert seen(day) == (Placement.State.NO_SHOW, 0, 1)


def test_an_unknown_decision_is_refused(day: Day) -> None:
    with pytest.raises(Refusal):
        attendance.decide_missing(missing=alarm(day), decision="fired", by=cast.clerk(), reason="x")


def test_neither_the_employer_nor_the_worker_nor_the_neighbour_decides(day: Day) -> None:
    missing = alarm(day)
    for by in (day.as_employer, day.as_worker, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            attendance.decide_missing(missing=missing, decision="no_show", by=by, reason="没来")


# ------------------------------------------------------------------ contesting


def test_a_worker_contests_within_seven_days_and_the_desk_is_told(day: Day) -> None:
    assert contested(day).state == MissingArrival.State.CONTESTED
    assert told("attendance.contested") == ["desk"]
    with within(cast.clerk()):
        assert len(queries.contested(viewer=cast.clerk())) == 1


def test_after_seven_days_it_is_too_late(day: Day) -> None:
    missing = decided(day, "no_show")
    with clock.at(day.starts + timedelta(days=8)), pytest.raises(ContestTooLate):
        attendance.contest(missing=missing, by=day.as_worker, words="我去了")


def test_only_the_worker_and_clerks_contest(day: Day) -> None:
    missing = decided(day, "no_show")
    with pytest.raises(NotAllowed):
        attendance.contest(missing=missing, by=day.as_employer, words="他来了")


def test_only_a_no_show_is_contested_and_only_once(day: Day) -> None:
    missing = contested(day)
    with clock.at(day.ends):
        attendance.decide_contest(missing=missing, upheld=False, by=OFFICER, reason="门口录像里没有")
        with pytest.raises(AlreadyDecided):
            attendance.contest(missing=missing, by=day.as_worker, words="再看一次")


def test_upheld_the_record_is_clean_again_and_both_decisions_stay_written(day: Day) -> None:
    missing = contested(day)
    with clock.at(day.ends):
        missing = attendance.decide_contest(missing=missing, upheld=True, by=OFFICER, reason="医院有记录")
    assert seen(day) == (Placement.State.CANCELLED_BY_WORKER, 0, 0)
    assert (missing.state, missing.reason, missing.contest_reason) == ("excused", "电话没人接", "医院有记录")
    assert (missing.decided_by, missing.contest_decided_by) == ("刘芳", "周正")


def test_upheld_because_he_was_there_he_can_be_paid(day: Day) -> None:
    missing = contested(day)
    with clock.at(day.ends):
        attendance.decide_contest(missing=missing, upheld=True, came=True, by=OFFICER, reason="工友作证")
        confirmed = attendance.confirm_work(placement=day.placement, by=cast.clerk())
    assert seen(day) == (Placement.State.ARRIVED, 1, 0)
    assert confirmed.minutes == 540


def test_he_was_there_even_where_a_standby_has_his_place(db: None) -> None:
    day = a_day(places=1)
    missing = contested(day)
    with within(system("test")):
        standby = cast.worker("李明")
    with clock.at(day.starts + timedelta(hours=2)):
        cast.placement(standby, day.shift)
    with clock.at(day.ends):
        attendance.decide_contest(missing=missing, upheld=True, came=True, by=OFFICER, reason="工友作证")
    assert seen(day) == (Placement.State.ARRIVED, 2, 0)


def test_nobody_was_in_two_places(day: Day) -> None:
    missing = contested(day)
    with within(system("test")):
        elsewhere = cast.shift(day.employer)
    cast.placement(day.worker, elsewhere)
    with clock.at(day.ends), pytest.raises(ElsewhereThen):
        attendance.decide_contest(missing=missing, upheld=True, came=True, by=OFFICER, reason="工友作证")
    assert seen(day)[0] == Placement.State.NO_SHOW


def test_not_upheld_the_no_show_stays(day: Day) -> None:
    missing = contested(day)
    with clock.at(day.ends):
        attendance.decide_contest(missing=missing, upheld=False, by=OFFICER, reason="门口录像里没有")
        with pytest.raises(AlreadyDecided):
            attendance.decide_contest(missing=missing, upheld=True, by=OFFICER, reason="改主意")
    assert seen(day) == (Placement.State.NO_SHOW, 0, 1)
    assert told("attendance.contest_decided") == ["worker"]
