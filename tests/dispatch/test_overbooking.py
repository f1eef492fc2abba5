"""Standbys in advance: enough to be sure, and only who wishes to be called."""

from datetime import timedelta

import pytest

from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Standby
from linggong.dispatch.overbooking import standbys_wanted
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast


@pytest.fixture
def full_shift(db: None) -> Shift:
    """Three places taken: all three come with a chance of 0.9 x 0.9 x 0.9, which is not sure enough."""
    cast.county()
    shift = cast.shift(places=3)
    for name in ("王来福", "赵来福", "孙来福"):
        cast.placement(cast.worker(name), shift)
    shift.refresh_from_db()
    return shift


def willing(name: str) -> Worker:
    worker = cast.worker(name)
    with within(system("test")):
        Worker.objects.filter(pk=worker.pk).update(takes_standby=True)
    return worker


def standing_by(shift: Shift) -> list[str]:
    with within(system("test")):
        return list(Standby.objects.filter(shift=shift).values_list("worker_name", flat=True))


def test_a_full_shift_gets_the_standby_it_takes_to_be_sure_and_no_more(full_shift: Shift) -> None:
    assert standbys_wanted(full_shift) == 1
    willing("李候补"), willing("周候补")
    assert dispatch.keep_standbys() == 1
    assert len(standing_by(full_shift)) == 1
    assert dispatch.keep_standbys() == 0


def test_who_stands_by_is_told(full_shift: Shift) -> None:
    worker = willing("李候补")
    dispatch.keep_standbys()
    with within(system("test")):
        assert "顶上" in Notice.objects.get(topic="standby", recipient_id=worker.id).text


def test_nobody_stands_by_who_has_not_agreed_to_it(full_shift: Shift) -> None:
    cast.worker("不候补")
    assert dispatch.keep_standbys() == 0
    assert standing_by(full_shift) == []


def test_a_shift_with_an_open_place_asks_for_no_standby(db: None) -> None:
    cast.county()
    shift = cast.shift(places=3)
    cast.placement(cast.worker("王来福"), shift)
    willing("李候补")
    assert dispatch.keep_standbys() == 0


def test_a_shift_filled_long_ago_is_left_alone(full_shift: Shift) -> None:
    willing("李候补")
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert dispatch.keep_standbys() == 0
