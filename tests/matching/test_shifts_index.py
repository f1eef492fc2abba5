from dataclasses import replace
from datetime import timedelta

import pytest

from linggong.matching.pairs import TooLarge
from linggong.matching.ranking import best_shifts
from linggong.matching.shifts_index import ShiftIndex
from tests.matching.crowd import Crowd
from tests.matching.people import SEVEN_THIRTY, SITE, WANG, site, wang


def plain(worker, shifts, limit):
    return [(one.shift.id, one.fit.total) for one in best_shifts(worker, shifts, limit)]


def ids(found):
    return [one for one, _ in found]


@pytest.mark.parametrize("seed", range(4))
def test_the_index_answers_what_looking_at_every_shift_answers(seed):
    crowd = Crowd(seed)
    shifts = [crowd.shift(number, 60) for number in range(500)]
    index = ShiftIndex()
    index.load(shifts)
    workers = [crowd.worker(number) for number in range(60)]
    answers = [index.best(worker, limit) for worker in workers for limit in (1, 20, 500)]
    assert answers == [plain(worker, shifts, limit) for worker in workers for limit in (1, 20, 500)]
    assert sum(map(len, answers)) > 1000


def test_it_stays_so_while_shifts_come_go_change_and_fill():
    crowd = Crowd(77)
    present = {f"s{number}": crowd.shift(number, 60) for number in range(200)}
    index = ShiftIndex()
    index.load(present.values())
    for step in range(4000):
        shift_id, change = f"s{crowd.random.randrange(300)}", crowd.random.random()
        if shift_id not in present or change < 0.4:
            present[shift_id] = replace(crowd.shift(step, 60), id=shift_id)
            index.put(present[shift_id])
        elif change < 0.6:
            del present[shift_id]
            index.remove(shift_id)
        else:
            present[shift_id] = replace(present[shift_id], open_places=crowd.random.randrange(3))
            index.fill(shift_id, present[shift_id].open_places)
        if step % 20 == 0:
            worker = crowd.worker(crowd.random.randrange(60))
            assert index.best(worker, 20) == plain(worker, present.values(), 20)


def test_a_shift_that_fills_is_not_found_and_one_that_opens_again_is():
    index = ShiftIndex()
    index.put(SITE)
    index.fill(SITE.id, 0)
    assert index.best(WANG, 5) == []
    index.fill(SITE.id, 1)
    assert ids(index.best(WANG, 5)) == [SITE.id]


def test_the_earlier_of_equals_comes_first_and_then_the_lot_decides():
    later = site(id="later", starts=SEVEN_THIRTY + timedelta(days=1), ends=SEVEN_THIRTY + timedelta(days=1, hours=10))
    equals = [site(id=f"s{number}") for number in range(100)]
    index = ShiftIndex()
    index.load([later, *equals])
    assert index.best(WANG, 101) == plain(WANG, [later, *equals], 101)
    assert index.best(WANG, 101)[-1][0] == "later"


def test_a_worker_made_ready_once_sees_every_change():
    index = ShiftIndex()
    index.put(SITE)
    ready = index.question(WANG)
    index.put(site(id="better", pay_fen=26_000))
    assert ids(index.answer(ready, 5)) == ["better", SITE.id]
    index.remove("better")
    assert ids(index.answer(ready, 5)) == [SITE.id]


def test_rows_of_shifts_that_are_over_are_used_again():
    index = ShiftIndex()
    for number in range(6000):
        index.put(site(id=f"s{number}", named=frozenset({"wang"}), certificates=frozenset({"登高证"})))
        index.remove(f"s{number}")
    index.put(SITE)
    assert ids(index.best(WANG, 5)) == [SITE.id]
    assert len(index.ids) < 2000 and not index.named and len(index.needed) < 10_000


@pytest.mark.parametrize(
    "shift", [site(latitude=91.0), site(pay_fen=10**13), site(starts=SEVEN_THIRTY.replace(year=1999))]
)
def test_what_cannot_be_kept_without_loss_is_refused(shift):
    index = ShiftIndex()
    index.put(SITE)
    with pytest.raises(TooLarge):
        index.put(shift)
    with pytest.raises(TooLarge):
        index.best(wang(accepts_pay_fen=2**31), 5)
    assert ids(index.best(WANG, 5)) == [SITE.id]
