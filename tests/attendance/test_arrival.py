"""Checking in: who may, when, with which code, and what it changes."""

from datetime import timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.attendance import operations as attendance
from linggong.attendance import queries
from linggong.attendance.arrivals import PositionRefused
from linggong.attendance.codes import code_fits
from linggong.attendance.models import Attendance
from linggong.attendance.operations import AlreadySettled, CodeRefused, NotArrived, NotExpected, NotTheTime, WorkRefused
from linggong.audit.models import Entry
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.pay import operations as pay
from tests import cast
from tests.attendance.day import Day, a_day


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def state_of(placement: Placement) -> str:
    with within(system("test")):
        return Placement.objects.get(pk=placement.pk).state


def test_a_worker_scans_the_code_at_the_site_and_has_arrived(day: Day) -> None:
    with clock.at(day.starts - timedelta(minutes=5)):
        code = attendance.site_code(day.shift)
        arrived = attendance.check_in_by_code(shift_id=day.shift.id, code=code, by=day.as_worker)
    assert (arrived.arrived_way, arrived.arrived_at) == ("code", day.starts - timedelta(minutes=5))
    assert state_of(day.placement) == Placement.State.ARRIVED


def test_a_second_check_in_returns_the_first(day: Day) -> None:
    first = day.arrives()
    with clock.at(day.starts + timedelta(hours=1)):
        again = attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")
    assert (again.id, again.arrived_at) == (first.id, first.arrived_at)


def test_the_employer_ticks_who_came_within_the_first_hour_as_on_time(day: Day) -> None:
    with clock.at(day.starts + timedelta(minutes=30)):
        ticked = attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")
    assert ticked.arrived_at == day.starts


def test_a_tick_later_than_that_is_the_time_of_arrival(day: Day) -> None:
    late = day.starts + timedelta(minutes=90)
    with clock.at(late):
        assert attendance.check_in(placement=day.placement, by=cast.clerk(), way="clerk").arrived_at == late


def test_a_worker_needs_the_code_of_the_site(day: Day) -> None:
    with clock.at(day.starts), pytest.raises(CodeRefused):
        attendance.check_in(placement=day.placement, by=day.as_worker, way="code")


def test_yesterdays_code_of_another_job_does_not_fit(day: Day) -> None:
    with within(system("test")):
        other = cast.shift(day.employer)
    with clock.at(day.starts):
        assert not code_fits(day.shift, attendance.site_code(other))
        assert code_fits(day.shift, attendance.site_code(day.shift))


def test_the_code_changes_every_day_and_the_evening_one_still_fits_after_midnight(db: None) -> None:
    night = a_day(begin=22, end=6)
    with clock.at(night.starts):
        evening = attendance.site_code(night.shift)
        assert code_fits(night.shift, evening)
    with clock.at(night.starts + timedelta(hours=3)):
        assert attendance.site_code(night.shift) != evening
        assert code_fits(night.shift, evening)


def test_tomorrows_code_does_not_fit_today(db: None) -> None:
    night = a_day(begin=22, end=6)
    with clock.at(night.starts + timedelta(hours=3)):
        tomorrow = attendance.site_code(night.shift)
    with clock.at(night.starts):
        assert not code_fits(night.shift, tomorrow)


@pytest.mark.parametrize("minutes", [-121, 601])
def test_nobody_checks_in_too_early_or_after_the_end(day: Day, minutes: int) -> None:
    with clock.at(day.starts + timedelta(minutes=minutes)), pytest.raises(NotTheTime):
        attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")


def test_two_hours_before_is_early_enough(day: Day) -> None:
    with clock.at(day.starts - timedelta(hours=2)):
        attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")
    assert state_of(day.placement) == Placement.State.ARRIVED


def test_a_cancelled_placement_has_no_arrival(day: Day) -> None:
    dispatch.cancel_by_worker(placement=day.placement, by=day.as_worker)
    with clock.at(day.starts), pytest.raises(NotExpected):
        attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")


def test_somebody_without_a_place_is_told_so(day: Day) -> None:
    with within(system("test")):
        stranger = cast.worker("李明")
    with clock.at(day.starts), pytest.raises(NotExpected):
        code = attendance.site_code(day.shift)
        attendance.check_in_by_code(shift_id=day.shift.id, code=code, by=cast.viewer_of_worker(stranger))


def test_nobody_but_the_three_sides_checks_in(day: Day) -> None:
    with within(system("test")):
        other_firm = cast.viewer_of_employer(cast.employer("别家"))
        other_worker = cast.viewer_of_worker(cast.worker("李明"))
    officer = Viewer(role="bureau_officer", name="局", division=cast.COUNTY)
    for by in (other_firm, other_worker, cast.neighbour_clerk(), officer):
        with clock.at(day.starts), pytest.raises(NotAllowed):
            attendance.check_in(placement=day.placement, by=by, way="employer")


def test_nobody_claims_to_have_been_seen_by_somebody_else(day: Day) -> None:
    with clock.at(day.starts):
        code = attendance.site_code(day.shift)
        for by, way in ((day.as_worker, "employer"), (day.as_employer, "clerk"), (cast.clerk(), "employer")):
            with pytest.raises(NotAllowed):
                attendance.check_in(placement=day.placement, by=by, way=way, code=code)


def test_the_position_is_kept_only_when_it_was_given(day: Day) -> None:
    with clock.at(day.starts):
        arrived = attendance.check_in(
            placement=day.placement, by=day.as_employer, way="employer", latitude=36.25, longitude=113.13
        )
    assert (arrived.latitude, arrived.longitude) == (36.25, 113.13)
    assert a_day().arrives().latitude is None


@pytest.mark.parametrize(("latitude", "longitude"), [(36.25, None), (91.0, 113.0), (float("nan"), 113.0)])
def test_half_a_position_is_refused(day: Day, latitude: float, longitude: float | None) -> None:
    with clock.at(day.starts), pytest.raises(PositionRefused):
        attendance.check_in(
            placement=day.placement, by=day.as_employer, way="employer", latitude=latitude, longitude=longitude
        )


def test_the_arrival_is_in_the_trail(day: Day) -> None:
    day.arrives()
    with within(system("test")):
        assert Entry.objects.filter(act="attendance.arrived", object_id=day.placement.id).count() == 1


def test_checking_out_twice_keeps_the_first_time(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends):
        attendance.check_out(placement=day.placement, by=day.as_worker)
    with clock.at(day.ends + timedelta(hours=1)):
        left = attendance.check_out(placement=day.placement, by=day.as_worker)
    assert left.left_at == day.ends


def test_who_never_came_cannot_leave(day: Day) -> None:
    with clock.at(day.ends), pytest.raises(NotArrived):
        attendance.check_out(placement=day.placement, by=day.as_employer)


# ------------------------------------------------------------------ confirming the work


def test_a_whole_day_counts_without_a_check_out_less_the_agreed_break(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends):
        confirmed = attendance.confirm_work(placement=day.placement, by=day.as_employer)
    assert (confirmed.minutes, confirmed.night_minutes, confirmed.break_minutes) == (540, 0, 60)


def test_the_employer_says_when_somebody_left_and_how_long_the_break_was(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends):
        confirmed = attendance.confirm_work(
            placement=day.placement, by=day.as_employer, left_at=day.starts + timedelta(hours=9), break_minutes=30
        )
    assert confirmed.minutes == 9 * 60 - 30


def test_night_hours_are_counted(db: None) -> None:
    night = a_day(begin=22, end=6, break_minutes=0)
    night.arrives()
    with clock.at(night.ends):
        assert attendance.confirm_work(placement=night.placement, by=night.as_employer).night_minutes == 480


@pytest.mark.parametrize("change", [{"left_at": -1}, {"left_at": 99}, {"break_minutes": 601}, {"pieces": -1}])
def test_hours_that_cannot_be_are_refused(day: Day, change: dict[str, int]) -> None:
    day.arrives()
    said: dict[str, Any] = {k: day.starts + timedelta(hours=v) if k == "left_at" else v for k, v in change.items()}
    with clock.at(day.ends), pytest.raises(WorkRefused):
        attendance.confirm_work(placement=day.placement, by=day.as_employer, **said)


def test_piece_pay_needs_the_pieces(db: None) -> None:
    day = a_day(pay_unit="piece", pay_fen=500)
    day.arrives()
    with clock.at(day.ends), pytest.raises(WorkRefused) as refused:
        attendance.confirm_work(placement=day.placement, by=day.as_employer)
    assert refused.value.field == "pieces"


def test_work_is_not_confirmed_before_it_starts(day: Day) -> None:
    day.arrives(minutes=-30)
    with clock.at(day.starts - timedelta(minutes=1)), pytest.raises(NotTheTime):
        attendance.confirm_work(placement=day.placement, by=day.as_employer)


def test_once_settled_the_hours_change_only_through_the_wage(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends):
        pay.settle(placement=day.placement, by=day.as_employer)
        with pytest.raises(AlreadySettled):
            attendance.confirm_work(placement=day.placement, by=day.as_employer, break_minutes=600)


def test_a_worker_does_not_confirm_his_own_hours(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends), pytest.raises(NotAllowed):
        attendance.confirm_work(placement=day.placement, by=day.as_worker)


# ------------------------------------------------------------------ reading


def test_the_roll_shows_who_is_expected_with_their_arrival(day: Day) -> None:
    with within(system("test")):
        second = cast.worker("李明")
    cast.placement(second, day.shift)
    day.arrives()
    with within(day.as_employer):
        rows = queries.arrivals(day.shift, viewer=day.as_employer)
        assert [(row.worker_name, hasattr(row, "attendance")) for row in rows] == [("王建国", True), ("李明", False)]


def test_what_starts_soon_says_how_many_came(day: Day) -> None:
    day.arrives(minutes=-10)
    with clock.at(day.starts - timedelta(minutes=5)), within(cast.clerk()):
        (soon,) = queries.starts_soon(viewer=cast.clerk())
    assert (soon.shift, soon.expected, soon.arrived) == (day.shift, 1, 1)


def test_the_neighbour_sees_nothing_of_it(day: Day) -> None:
    day.arrives()
    with clock.at(day.starts), within(cast.neighbour_clerk()):
        assert queries.starts_soon(viewer=cast.neighbour_clerk()) == []
        assert Attendance.objects.count() == 0
