"""Many at once on real connections: nothing is paid, settled or alarmed about twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest
from django.db import connections

from linggong.attendance import operations as attendance
from linggong.attendance.models import Attendance, MissingArrival
from linggong.cases import operations as cases
from linggong.cases.models import Case
from linggong.dispatch.models import Placement, Reputation
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.pay import operations as pay
from linggong.pay.models import Payment, Wage
from tests.attendance.day import Day, a_day

CONNECTIONS = 12

pytestmark = pytest.mark.usefixtures("committed")


def race(act: Callable[[], object], times: int = CONNECTIONS) -> Counter[str]:
    """Do the same on many connections at once; how often it was done, and how often refused as what."""

    def outcome(_number: int) -> str:
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return Counter(pool.map(outcome, range(times)))


def at(day: Day, minutes: int, act: Callable[[], object]) -> Callable[[], object]:
    def then() -> object:
        with clock.at(day.starts + timedelta(minutes=minutes)):
            return act()

    return then


def test_thirty_payments_of_ten_yuan_fill_two_hundred_and_twenty_exactly() -> None:
    day = a_day()
    wage = day.settled()
    pays = at(day, 600, lambda: pay.record_payment(wage=wage, amount_fen=1000, way="cash", by=day.as_employer))
    assert race(pays, times=30) == {"done": 22, "over_payment": 8}
    with within(system("test")):
        assert (Payment.objects.count(), Wage.objects.get().paid_fen) == (22, 22000)


def test_settled_by_many_at_once_there_is_one_wage_and_one_kept_shift() -> None:
    day = a_day()
    day.arrives()
    assert race(at(day, 600, lambda: pay.settle(placement=day.placement, by=day.as_employer)))["done"] == CONNECTIONS
    with within(system("test")):
        assert (Wage.objects.count(), Reputation.objects.get().kept) == (1, 1)


def test_scanned_and_ticked_at_once_somebody_arrives_once() -> None:
    day = a_day()
    tick = at(day, 0, lambda: attendance.check_in(placement=day.placement, by=day.as_employer, way="employer"))
    assert race(tick)["done"] == CONNECTIONS
    with within(system("test")):
        assert Attendance.objects.count() == 1


def test_several_workers_in_the_background_raise_one_alarm() -> None:
    day = a_day()
    race(at(day, 20, lambda: attendance.raise_missing(clock.now())))
    with within(system("test")):
        assert MissingArrival.objects.count() == 1


def test_an_alarm_and_an_arrival_at_once_never_leave_somebody_both_there_and_missing() -> None:
    day = a_day()
    tick = partial(attendance.check_in, placement=day.placement, by=day.as_employer, way="employer")
    alarm = partial(attendance.raise_missing, day.starts + timedelta(minutes=20))
    acts: Iterator[Callable[[], object]] = cycle([alarm, tick])
    race(at(day, 20, lambda: next(acts)()))
    with within(system("test")):
        assert Placement.objects.get().state == Placement.State.ARRIVED
        assert not MissingArrival.objects.filter(state="open").exists()


def test_said_many_times_at_once_that_no_money_came_there_is_one_case() -> None:
    day = a_day()
    wage = day.settled()
    says = at(day, 600, lambda: cases.dispute_wage(wage=wage, by=day.as_worker))
    assert race(says)["done"] == CONNECTIONS
    with within(system("test")):
        assert Case.objects.count() == 1
