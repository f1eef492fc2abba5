from dataclasses import replace

import pytest

from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.pairs import TooLarge
from linggong.matching.people import ROWS
from linggong.matching.ranking import best_workers
from linggong.matching.search import WAITING_BITS
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


def test_many_are_answered_as_one_by_one():
    crowd = Crowd(7)
    index = WorkerIndex()
    index.load(crowd.worker(number) for number in range(400))
    shifts = [crowd.shift(number, 400) for number in range(80)]
    found = index.best_of_many(index.questions(shifts), 15)
    answers = [
        list(zip(index.ids.of(rows[:count]), (keys[:count] >> WAITING_BITS).tolist(), strict=True))
        for rows, keys, count in zip(*found, strict=True)
    ]
    assert answers == [index.best(shift, 15) for shift in shifts]


def test_everybody_is_everybody_who_is_eligible():
    crowd = Crowd(8)
    workers = [crowd.worker(number) for number in range(400)]
    index = WorkerIndex()
    index.load(workers)
    for shift in (crowd.shift(number, 400) for number in range(40)):
        rows, totals = index.everybody(shift)
        assert dict(zip(index.ids.of(rows), totals.tolist(), strict=True)) == dict(plain(shift, workers, 400))


def test_equals_are_drawn_by_lot_however_many_they_are():
    crowd = [wang(id=f"w{number}") for number in range(3000)]
    index = WorkerIndex()
    index.load(crowd)
    assert index.best(SITE, 200) == plain(SITE, crowd, 200)


def test_many_workers_at_once_replace_those_who_are_there():
    index = WorkerIndex()
    index.load(wang(id=f"w{number}") for number in range(100))
    index.load(
        [*(wang(id=f"w{number}", contactable=False) for number in range(50)), wang(id="w60", reach_m=1), WANG, WANG]
    )
    assert len(index) == 51
    assert {one for one, _ in index.best(SITE, 100)} == {f"w{number}" for number in range(50, 100) if number != 60} | {
        "wang"
    }


def test_rows_of_those_who_left_are_used_again():
    index = WorkerIndex()
    for turn in range(40):
        index.load(wang(id=f"w{turn}-{number}") for number in range(200))
        for number in range(200):
            index.remove(f"w{turn}-{number}")
    index.put(WANG)
    assert [one for one, _ in index.best(SITE, 5)] == ["wang"]
    assert index.counts[ROWS] < 3000 and len(index.postings.slots) < 6000


@pytest.mark.parametrize(
    "worker",
    [
        wang(accepts_pay_fen=2**31),
        wang(reach_m=20_000_000),
        wang(latitude=91.0),
        wang(busy=((SITE.starts.replace(year=2064), SITE.ends.replace(year=2064)),)),
        wang(idle_days=2**40),
    ],
)
def test_what_cannot_be_kept_without_loss_is_refused_and_changes_nothing(worker):
    index = WorkerIndex()
    index.put(WANG)
    with pytest.raises(TooLarge):
        index.put(worker)
    assert [one for one, _ in index.best(SITE, 5)] == ["wang"]


def test_pay_beyond_what_is_reckoned_is_refused():
    index = WorkerIndex()
    index.put(WANG)
    with pytest.raises(TooLarge):
        index.best(site(pay_fen=2 * 10**9 + 1), 5)
    assert index.best(site(pay_fen=2 * 10**9), 5) == plain(site(pay_fen=2 * 10**9), [WANG], 5)


def test_more_places_than_are_counted_are_refused():
    index = WorkerIndex()
    index.put(WANG)
    with pytest.raises(TooLarge):
        index.best(site(open_places=2**30), 5)


def test_more_answers_can_be_asked_for_than_before():
    crowd = Crowd(8)
    index, people = WorkerIndex(), [crowd.worker(number) for number in range(900)]
    index.load(people)
    shifts = [crowd.shift(number, 900) for number in range(12)]
    for limit in (3, 70, 500, 10**9):
        assert [index.best(shift, limit) for shift in shifts] == [plain(shift, people, limit) for shift in shifts]


def test_the_largest_numbers_are_reckoned_without_loss():
    weights = Weights(trade=5000, skill_step=2000, distance=5000, pay=5000, kept=3000, rating=2000, named=5000)
    workers = [
        wang(id=f"w{number}", accepts_pay_fen=2**31 - 2, pay_unit=unit, kept=2**20, rating_sum=5 * 2**20,
             rating_count=2**20, idle_days=32_767, open_to_less=True)
        for number, unit in enumerate(["hour", "day", "month", "shift", "piece"])
    ]  # fmt: skip
    index = WorkerIndex(weights)
    index.load(workers)
    big = site(pay_fen=10**9, pay_unit="month", named=frozenset({"w1"}))
    expected = [(one.worker.id, one.fit.total) for one in best_workers(big, workers, 5, weights)]
    assert index.best(big, 5) == expected and len(expected) == 5
