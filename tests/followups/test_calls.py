"""Calls after the first day and after a week, and what comes of them."""

from datetime import datetime, time, timedelta

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.followups import operations as followups
from linggong.followups import queries
from linggong.followups.calls import CallClosed, OutcomeUnknown
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.attendance.day import Day, a_day

AGENT = Viewer(role="call_agent", name="韩梅", division=cast.COUNTY)


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def planned(day: Day) -> int:
    with clock.at(day.ends):
        return followups.plan_call_backs()


def calls(worker: Worker) -> list[CallBack]:
    with within(system("test")):
        return list(CallBack.objects.filter(worker=worker).order_by("due_at"))


def first_call(day: Day) -> CallBack:
    day.arrives()
    planned(day)
    return calls(day.worker)[0]


def at_nine(day: Day, days: int) -> datetime:
    return datetime.combine(clock.local(day.starts).date() + timedelta(days=days), time(9), clock.SHANGHAI)


def answered(call: CallBack, outcome: str, at: datetime, by: Viewer = AGENT) -> CallBack:
    with clock.at(at):
        return followups.record_call(call_back=call, outcome=outcome, note="", by=by)


def test_the_morning_after_and_a_week_after_somebody_came_a_call_is_due(day: Day) -> None:
    day.arrives()
    assert planned(day) == 2
    assert [(c.kind, c.due_at) for c in calls(day.worker)] == [
        ("first_day", at_nine(day, 1)),
        ("week", at_nine(day, 7)),
    ]


def test_who_has_not_come_is_not_called(day: Day) -> None:
    assert planned(day) == 0


def test_planning_again_adds_nothing(day: Day) -> None:
    day.arrives()
    assert (planned(day), planned(day)) == (2, 0)


def test_who_does_not_want_calls_gets_none(db: None) -> None:
    with within(system("test")):
        cast.county()
        quiet = cast.worker(may_be_contacted=False)
    day = a_day(worker=quiet)
    day.arrives()
    assert planned(day) == 0


def test_three_days_with_three_employers_are_three_first_calls_and_one_weekly(day: Day) -> None:
    for number in (2, 3, 4):
        another = a_day(worker=day.worker, shift=shift_on(number))
        another.arrives()
        planned(another)
    kinds = [call.kind for call in calls(day.worker)]
    assert sorted(kinds) == ["first_day", "first_day", "first_day", "week"]


def test_after_the_weeks_call_the_next_week_has_its_own(day: Day) -> None:
    for number in (2, 10):
        another = a_day(worker=day.worker, shift=shift_on(number))
        another.arrives()
        planned(another)
    assert [call.kind for call in calls(day.worker)].count("week") == 2


def test_the_second_day_of_the_same_job_has_no_first_call(db: None) -> None:
    with within(system("test")):
        cast.county()
        worker = cast.worker()
        job = cast.job(None, cast.tomorrow(days=1), cast.tomorrow(days=2))
        shifts = list(Shift.objects.select_related("job").filter(job=job))
    for shift in shifts:
        day = a_day(worker=worker, shift=shift)
        day.arrives()
        planned(day)
    assert [call.kind for call in calls(worker)] == ["first_day", "week"]


def shift_on(days: int) -> Shift:
    with within(system("test")):
        return cast.shift(cast.employer(), days=days)


def test_the_queue_shows_what_is_due_now_to_the_workers_market(day: Day) -> None:
    call = first_call(day)
    with within(AGENT):
        with clock.at(at_nine(day, 1) - timedelta(minutes=1)):
            assert queries.calls_due(viewer=AGENT) == []
        with clock.at(at_nine(day, 1)):
            assert queries.calls_due(viewer=AGENT) == [call]
            assert queries.calls_due(viewer=AGENT)[0].worker.telephone_masked == day.worker.telephone_masked
    neighbour = cast.neighbour_clerk()
    with within(neighbour), clock.at(at_nine(day, 1)):
        assert queries.calls_due(viewer=neighbour) == []
        with pytest.raises(queries.CallNotFound):
            queries.call(call.id, viewer=neighbour)


def test_an_answered_call_is_done_with_its_outcome(day: Day) -> None:
    call = answered(first_call(day), "working", at_nine(day, 1))
    assert (call.state, call.outcome, call.done_by, call.done_at) == ("done", "working", "韩梅", at_nine(day, 1))


def test_unanswered_it_is_due_again_after_three_hours_and_given_up_after_the_third(day: Day) -> None:
    call, moment = first_call(day), at_nine(day, 1)
    for attempt in (1, 2):
        call = answered(call, "no_answer", moment)
        moment += timedelta(hours=3)
        assert (call.state, call.attempts, call.due_at) == ("due", attempt, moment)
    call = answered(call, "no_answer", moment)
    assert (call.state, call.attempts) == ("given_up", 3)
    with pytest.raises(CallClosed):
        answered(call, "working", moment)


def test_a_call_that_was_made_is_closed(day: Day) -> None:
    call = answered(first_call(day), "working", at_nine(day, 1))
    with pytest.raises(CallClosed):
        answered(call, "unpaid", at_nine(day, 1))


def test_an_unknown_outcome_is_refused(day: Day) -> None:
    with pytest.raises(OutcomeUnknown):
        answered(first_call(day), "rude", at_nine(day, 1))


def test_only_clerks_of_the_workers_market_record_calls(day: Day) -> None:
    call = first_call(day)
    for by in (day.as_worker, day.as_employer, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            answered(call, "working", at_nine(day, 1), by=by)


@pytest.mark.parametrize(
    ("outcome", "before", "after"),
    [("out_of_work", "paused", "active"), ("not_looking", "active", "paused"), ("working", "paused", "paused")],
)
def test_what_somebody_says_about_looking_for_work_is_written_down(
    day: Day, outcome: str, before: str, after: str
) -> None:
    call = first_call(day)
    with within(system("test")):
        Worker.objects.filter(pk=day.worker.pk).update(state=before)
    answered(call, outcome, at_nine(day, 1))
    with within(system("test")):
        assert Worker.objects.get(pk=day.worker.pk).state == after


def test_who_is_out_of_work_looks_again_and_gets_the_best_shifts(day: Day) -> None:
    with within(system("test")):
        Worker.objects.filter(pk=day.worker.pk).update(state="paused")
        other = cast.shift(day.employer, days=3)
    found = followups.serve_again(worker=day.worker, by=cast.clerk())
    assert other in [suggestion.shift for suggestion in found]
    with within(system("test")):
        assert Worker.objects.get(pk=day.worker.pk).state == "active"


def test_a_worker_is_served_again_only_by_clerks(day: Day) -> None:
    with pytest.raises(NotAllowed):
        followups.serve_again(worker=day.worker, by=day.as_employer)
