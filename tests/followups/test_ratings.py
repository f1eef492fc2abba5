"""What both sides say of each other."""

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.dispatch.models import Reputation
from linggong.followups import operations as followups
from linggong.followups import queries
from linggong.followups.operations import AlreadyRated, RatingRefused
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from tests import cast
from tests.attendance.day import Day, a_day


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def test_both_sides_rate_once_each(day: Day) -> None:
    day.arrives()
    followups.rate(placement=day.placement, side="worker", stars=4, as_advertised=True, by=day.as_worker)
    followups.rate(placement=day.placement, side="employer", stars=5, words="手脚麻利", by=day.as_employer)
    with pytest.raises(AlreadyRated):
        followups.rate(placement=day.placement, side="employer", stars=1, by=day.as_employer)
    with within(day.as_worker):
        assert len(queries.ratings_of(day.placement, viewer=day.as_worker)) == 2


def test_the_employers_stars_go_into_the_workers_record_and_the_workers_do_not(day: Day) -> None:
    day.arrives()
    followups.rate(placement=day.placement, side="worker", stars=1, by=day.as_worker)
    followups.rate(placement=day.placement, side="employer", stars=5, by=day.as_employer)
    with within(system("test")):
        record = Reputation.objects.get(worker=day.worker)
    assert (record.rating_sum, record.rating_count) == (5, 1)


def test_only_a_worker_says_whether_the_job_was_as_advertised(day: Day) -> None:
    day.arrives()
    by_employer = followups.rate(
        placement=day.placement, side="employer", stars=5, as_advertised=True, by=day.as_employer
    )
    by_worker = followups.rate(placement=day.placement, side="worker", stars=2, as_advertised=False, by=cast.clerk())
    assert (by_employer.as_advertised, by_worker.as_advertised) == (None, False)


def test_nobody_rates_before_the_work(day: Day) -> None:
    with pytest.raises(RatingRefused):
        followups.rate(placement=day.placement, side="worker", stars=5, by=day.as_worker)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_go_from_one_to_five(day: Day, stars: int) -> None:
    day.arrives()
    with pytest.raises(RatingRefused) as refused:
        followups.rate(placement=day.placement, side="worker", stars=stars, by=day.as_worker)
    assert refused.value.field == "stars"


def test_nobody_speaks_for_the_other_side(day: Day) -> None:
    day.arrives()
    for side, by in (("employer", day.as_worker), ("worker", day.as_employer)):
        with pytest.raises(RatingRefused):
            followups.rate(placement=day.placement, side=side, stars=5, by=by)


def test_strangers_do_not_rate(day: Day) -> None:
    day.arrives()
    with within(system("test")):
        stranger = cast.viewer_of_worker(cast.worker("李明"))
    for by in (stranger, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            followups.rate(placement=day.placement, side="worker", stars=5, by=by)
