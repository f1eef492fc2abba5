"""候补: who waits for a place gets the next one, also that of somebody who has not come."""

from datetime import timedelta

import pytest

from linggong.attendance import operations as attendance
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast


@pytest.fixture
def full_shift(db: None) -> Shift:
    cast.county()
    shift = cast.shift(places=1)
    cast.placement(cast.worker("王来福"), shift)
    shift.refresh_from_db()
    return shift


@pytest.fixture
def waiting(full_shift: Shift) -> Worker:
    mate = cast.worker("李候补")
    dispatch.stand_by(shift=full_shift, worker=mate, by=cast.viewer_of_worker(mate))
    return mate


def offer_to(worker: Worker) -> Offer | None:
    with within(system("test")):
        return Offer.objects.filter(worker=worker).select_related("shift__job").first()


def decide(full_shift: Shift, decision: str) -> None:
    with within(system("test")):
        missing = Placement.objects.get(shift=full_shift, worker_name="王来福").missing
    attendance.decide_missing(missing=missing, decision=decision, by=cast.clerk(), reason="没来")


def test_nobody_waits_while_there_are_places(db: None) -> None:
    cast.county()
    worker = cast.worker()
    with pytest.raises(dispatch.StillOpen):
        dispatch.stand_by(shift=cast.shift(), worker=worker, by=cast.viewer_of_worker(worker))


def test_a_place_that_comes_free_goes_to_the_standby(full_shift: Shift, waiting: Worker) -> None:
    with within(system("test")):
        held = Placement.objects.select_related("shift__job").get(shift=full_shift)
    dispatch.cancel_by_worker(placement=held, by=cast.clerk(), reason="病了")
    offer = offer_to(waiting)
    assert offer is not None and offer.origin == "standby"
    assert dispatch.accept(offer=offer, by=cast.viewer_of_worker(waiting)).placement is not None


def test_who_is_missing_a_quarter_of_an_hour_is_replaced_by_the_standby(full_shift: Shift, waiting: Worker) -> None:
    with clock.at(full_shift.starts + timedelta(minutes=16)):
        attendance.raise_missing(clock.now())
        offer = offer_to(waiting)
        assert offer is not None
        dispatch.accept(offer=offer, by=cast.viewer_of_worker(waiting))
        full_shift.refresh_from_db()
        assert (full_shift.taken, full_shift.places, full_shift.lent) == (2, 2, 1)
        decide(full_shift, "no_show")
    full_shift.refresh_from_db()
    assert (full_shift.taken, full_shift.places, full_shift.lent) == (1, 1, 0)


def test_only_as_many_standbys_step_in_as_people_are_missing(full_shift: Shift, waiting: Worker) -> None:
    second = cast.worker("赵再等")
    dispatch.stand_by(shift=full_shift, worker=second, by=cast.viewer_of_worker(second))
    with clock.at(full_shift.starts + timedelta(minutes=16)):
        attendance.raise_missing(clock.now())
        first_offer = offer_to(waiting)
        assert first_offer is not None
        dispatch.accept(offer=first_offer, by=cast.viewer_of_worker(waiting))
        assert dispatch.call_standby(shift=full_shift, by=system("test")) is None
    assert offer_to(second) is None
