from dataclasses import replace

import pytest

from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.pairs import TooLarge
from linggong.matching.ranking import best_workers
from tests.matching.crowd import Crowd
from tests.matching.people import SITE, WANG, site, wang


def plain(shift, workers, limit):
    return [(one.worker.id, one.fit.total) for one in best_workers(shift, workers, limit)]


@pytest.mark.parametrize("seed", range(4))
def test_the_index_answers_what_looking_at_every_pair_answers(seed):
    crowd = Crowd(seed)
    workers = [crowd.worker(number) for number in range(600)]
    index = WorkerIndex()
    index.load(workers)
    shifts = [crowd.shift(number, 600) for number in range(60)]
    answers = [index.best(shift, limit) for shift in shifts for limit in (1, 10, 600)]
    assert answers == [plain(shift, workers, limit) for shift in shifts for limit in (1, 10, 600)]
    assert sum(map(len, answers)) > 1000


def test_it_stays_so_through_bookings_moves_arrivals_and_departures():
    crowd = Crowd(99)
    present = {f"w{number}": crowd.worker(number) for number in range(300)}
    index = WorkerIndex()
    index.load(present.values())
    for step in range(3000):
        worker_id = f"w{crowd.random.randrange(400)}"
        change = crowd.random.random()
        if worker_id not in present or change < 0.4:
            present[worker_id] = replace(crowd.worker(step), id=worker_id)
            index.put(present[worker_id])
        elif change < 0.5:
            del present[worker_id]
            index.remove(worker_id)
        elif present[worker_id].contactable:
            busy = crowd.busy()
            index.book(worker_id, busy)
            present[worker_id] = replace(present[worker_id], busy=(*present[worker_id].busy, busy))
        if step % 20 == 0:
            shift = crowd.shift(step, 400)
            assert index.best(shift, 25) == plain(shift, present.values(), 25)


def test_a_booking_is_seen_by_the_next_query():
    index = WorkerIndex()
    index.put(WANG)
    assert [one for one, _ in index.best(SITE, 5)] == ["wang"]
    index.book("wang", (SITE.starts, SITE.ends))
    assert index.best(SITE, 5) == []


def test_a_changed_wish_and_a_withdrawn_consent_are_seen_too():
    index = WorkerIndex()
    index.put(WANG)
    index.put(wang(accepts_pay_fen=30_000))
    assert index.best(SITE, 5) == []
    index.put(WANG)
    index.put(wang(contactable=False))
    assert index.best(SITE, 5) == [] and len(index) == 0


def test_nobody_is_found_for_a_trade_nobody_has():
    assert WorkerIndex().best(SITE, 5) == []


def test_hundreds_of_kinds_of_certificates_are_told_apart():
    names = [f"证{number}" for number in range(200)]
    index = WorkerIndex()
    index.load(wang(id=name, certificates=frozenset({name})) for name in names)
    for name in names:
        assert [one for one, _ in index.best(site(certificates=frozenset({name})), 5)] == [name]
    assert index.best(site(certificates=frozenset(names[:2])), 5) == []


def test_an_absence_of_two_months_is_kept_whole():
    month = SITE.ends - SITE.starts
    index = WorkerIndex()
    index.put(
        wang(
            busy=((SITE.starts - 72 * month, SITE.starts - 2 * month), (SITE.ends + 2 * month, SITE.ends + 90 * month))
        )
    )
    assert len(index.best(SITE, 5)) == 1
    later = site(starts=SITE.starts + 80 * month, ends=SITE.ends + 80 * month)
    assert index.best(later, 5) == []


def test_weights_beyond_what_is_reckoned_are_refused():
    with pytest.raises(TooLarge):
        WorkerIndex(Weights(kept=40_000))
