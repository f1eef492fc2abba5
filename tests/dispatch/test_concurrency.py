"""Never oversold, never double-booked: shown with real connections that race."""

import random
import threading
import time as clocks
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import time

import pytest
from django.db import connection, connections

from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib.errors import Refusal
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast

CONNECTIONS = 24
APPLICANTS, PLACES, WORKERS = 1000, 50, 200


def race(acts: Iterable[Callable[[], object]]) -> list[str]:
    """Run all acts on many connections at once; what each came to: "done" or the refusal's code."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        outcomes = list(pool.map(_outcome, acts))
        everybody = threading.Barrier(CONNECTIONS)  # so that each thread closes its own connection
        list(pool.map(_leave, [everybody] * CONNECTIONS))
    return outcomes


def _leave(everybody: threading.Barrier) -> None:
    everybody.wait(60)
    connections.close_all()


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def people(count: int) -> list[Worker]:
    with within(system("test")):
        return [cast.worker() for _ in range(count)]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.long)])
def test_a_thousand_applicants_for_fifty_places_end_with_exactly_fifty_in_each_round(
    rounds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.county()
    boss = cast.employer()
    crowd = people(APPLICANTS)
    seconds = []
    for number in range(rounds):
        shift = cast.shift(boss, places=PLACES, days=number + 1)
        started = clocks.monotonic()
        outcomes = race([_application(shift, worker) for worker in crowd])
        seconds.append(clocks.monotonic() - started)
        with within(system("test")):
            shift.refresh_from_db()
            assert outcomes.count("done") == PLACES == shift.taken
            assert Placement.objects.filter(shift=shift).count() == PLACES
        assert outcomes.count("places_full") == APPLICANTS - PLACES
    with capsys.disabled():
        print(f"\n{rounds} rounds of {APPLICANTS} applicants for {PLACES} places: {PLACES} placed in each;", end=" ")
        print(f"slowest round {max(seconds):.1f} s, {CONNECTIONS} connections")


def _application(shift: Shift, worker: Worker) -> Callable[[], object]:
    by = cast.viewer_of_worker(worker)
    return lambda: dispatch.apply(shift=shift, worker=worker, by=by)


@pytest.mark.usefixtures("committed")
def test_who_applies_while_a_wave_is_asking_them_is_neither_refused_nor_asked_twice() -> None:
    cast.county()
    crowd = people(60)
    shift = cast.shift(cast.employer(), places=60)
    asking = [lambda: dispatch.start_waves(shift=shift, by=system("test"))] * 6
    outcomes = race([*[_application(shift, worker) for worker in crowd[:30]], *asking])
    outcomes += race(_application(shift, worker) for worker in crowd)
    assert set(outcomes) == {"done"}
    with within(system("test")):
        assert Offer.objects.filter(shift=shift).count() == Placement.objects.filter(shift=shift).count() == 60


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("accepts", [1000, pytest.param(5000, marks=pytest.mark.long)])
def test_thousands_of_accepts_by_two_hundred_workers_leave_no_overlap(
    accepts: int, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.county()
    boss = cast.employer()
    crowd = people(WORKERS)
    shifts = [
        cast.shift(boss, begin=begin, end=end, places=WORKERS, days=day) for day in (1, 2, 3) for begin, end in HOURS
    ]
    offers = waiting_offers(crowd, shifts)
    lottery = random.Random(7)
    outcomes = race([_accept(offer) for offer in lottery.choices(offers, k=accepts)])
    with within(system("test")), connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        assert cursor.fetchone() == (0,)
        placed = Placement.objects.count()
        assert {s.taken for s in shifts_now(shifts)} == {Placement.objects.filter(shift=s).count() for s in shifts}
    assert outcomes.count("done") >= placed > WORKERS
    with capsys.disabled():
        print(
            f"\n{accepts} accepts by {WORKERS} workers on {len(shifts)} shifts: {placed} placed, no overlap;", end=" "
        )
        print({code: outcomes.count(code) for code in sorted(set(outcomes))})


HOURS = [
    (time(6), time(12)),
    (time(12), time(18)),  # touches the one before: both can be worked
    (time(9), time(15)),
    (time(18), time(2)),  # over midnight
    (time(22), time(6)),  # over midnight, touching the next morning
    (time(0, 30), time(5)),
]
OVERLAPS = """
SELECT count(*) FROM dispatch_placement a JOIN dispatch_placement b
    ON a.worker_id = b.worker_id AND a.id < b.id AND a.period && b.period
"""


def waiting_offers(crowd: list[Worker], shifts: list[Shift]) -> list[Offer]:
    offers = [
        Offer(
            worker=worker,
            worker_name=worker.name,
            card_number=worker.card_number,
            shift=shift,
            employer_id=shift.job.employer_id,
            division=shift.division,
            origin="wave",
        )
        for worker in crowd
        for shift in shifts
    ]
    with within(system("test")):
        return Offer.objects.bulk_create(offers)


def _accept(offer: Offer) -> Callable[[], object]:
    by = cast.viewer_of_worker(offer.worker)
    return lambda: dispatch.accept(offer=offer, by=by)


def shifts_now(shifts: list[Shift]) -> list[Shift]:
    return list(Shift.objects.filter(pk__in=[s.pk for s in shifts]))
