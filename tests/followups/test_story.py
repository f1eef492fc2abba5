"""One person's story on one page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linggong.followups import operations as followups
from linggong.followups import queries
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.posts.models import Shift
from linggong.workers.errors import NotFound
from tests import cast
from tests.attendance.day import Day, a_day


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def story(day: Day) -> queries.Story:
    with within(cast.clerk()):
        return queries.story(day.worker.id, viewer=cast.clerk())


def queries_of(day: Day) -> int:
    with within(cast.clerk()), CaptureQueriesContext(connection) as caught:
        found = queries.story(day.worker.id, viewer=cast.clerk())
        for row in [*found.next, *found.last]:
            assert row.shift.job.title
        for wage in found.wages:
            assert wage.placement.shift.job.employer_name
        for rating in found.ratings:
            assert rating.placement.shift.job.title
        for call in found.calls:
            assert call.job_title
    return len(caught)


def shift_on(days: int) -> Shift:
    with within(system("test")):
        return cast.shift(cast.employer(), days=days)


def live(day: Day) -> None:
    day.settled()
    followups.rate(placement=day.placement, side="employer", stars=5, by=day.as_employer)
    with clock.at(day.ends):
        followups.plan_call_backs()


def test_somebody_new_has_an_empty_story(day: Day) -> None:
    found = story(day)
    assert found.next == [day.placement]
    assert (found.last, found.wages, found.ratings, found.calls) == ([], [], [], [])
    assert (found.reputation.kept, found.reputation.missed) == (0, 0)


def test_what_happened_is_all_there(day: Day) -> None:
    live(day)
    found = story(day)
    assert found.last == [day.placement]
    assert [wage.owed_fen for wage in found.wages] == [22000]
    assert [rating.stars for rating in found.ratings] == [5]
    assert [call.kind for call in found.calls] == ["week", "first_day"]
    assert (found.reputation.kept, found.reputation.rating_sum) == (1, 5)


def test_a_longer_story_takes_no_more_queries(day: Day) -> None:
    live(day)
    before = queries_of(day)
    for number in (2, 3, 4):
        live(a_day(worker=day.worker, shift=shift_on(number)))
    assert queries_of(day) == before


def test_what_is_received_is_not_among_the_open_wages(day: Day) -> None:
    pay.confirm_receipt(wage=day.settled(), by=day.as_worker)
    assert story(day).wages == []


def test_another_county_does_not_read_it(day: Day) -> None:
    neighbour = cast.neighbour_clerk()
    with within(neighbour), pytest.raises(NotFound):
        queries.story(day.worker.id, viewer=neighbour)


def test_old_calls_do_not_hide_new_ones(day: Day) -> None:
    for number in range(2, 14):
        live(a_day(worker=day.worker, shift=shift_on(number)))
    newest = story(day).calls[0]
    assert newest.due_at > day.ends + timedelta(days=7)
