import random
from dataclasses import replace

import numpy as np
import pytest

from linggong.matching.index import WorkerIndex
from linggong.matching.planning import restored, snapshot_of
from linggong.matching.replanning import begin, difference, go_on, restored_change
from tests.matching.crowd import Crowd
from tests.matching.people import SITE, wang

WORKERS, SHIFTS = 300, 30


class Living:
    """A market that changes: people come, go and change their minds, shifts open, fill and close."""

    def __init__(self, seed):
        self.crowd, self.pick = Crowd(seed), random.Random(seed)
        self.index, self.shifts = WorkerIndex(), {}
        self.index.load(self.crowd.worker(number) for number in range(WORKERS))
        for number in range(SHIFTS):
            self.post(number)
        self.number = WORKERS

    def post(self, number):
        shift = self.crowd.shift(number, WORKERS)
        self.shifts[shift.id] = replace(shift, places=9, open_places=self.pick.randint(0, 9))

    def turn(self):
        self.number += 1
        for _ in range(4):
            self.index.put(self.crowd.worker(self.pick.randrange(WORKERS)))
        self.index.put(self.crowd.worker(self.number))
        self.index.remove(f"w{self.pick.randrange(WORKERS)}")
        self.shifts.pop(self.pick.choice(list(self.shifts)))
        self.post(self.number)
        changed = self.pick.choice(list(self.shifts.values()))
        places, pay = self.pick.randint(0, 9), changed.pay_fen + self.pick.choice([0, 0, 500])
        self.shifts[changed.id] = replace(changed, open_places=places, pay_fen=pay)

    def snapshot(self, reserved=None):
        return snapshot_of(self.index, list(self.shifts.values()), reserved)


def worth(standing):
    return standing.certificate.filled, standing.certificate.total_fit


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("reserve", [0, 2])
def test_a_plan_that_goes_on_is_as_good_as_one_from_nothing_and_proves_it(seed, reserve):
    market = Living(seed)
    standing = begin(market.snapshot())
    for _ in range(25):
        market.turn()
        now = market.snapshot(dict.fromkeys(market.shifts, reserve))
        standing = go_on(standing, difference(standing.snapshot, now))
        assert standing.certificate.ok
        assert worth(standing) == worth(begin(now))
        assert difference(standing.snapshot, now).empty


def test_the_first_snapshot_and_the_changes_lead_to_the_very_same_answer_again():
    market = Living(9)
    standing = begin(market.snapshot())
    first, changes = standing.snapshot.stored(), []
    for _ in range(10):
        market.turn()
        change = difference(standing.snapshot, market.snapshot())
        changes.append(change.stored())
        standing = go_on(standing, change)
    again = begin(restored(first))
    for stored in changes:
        again = go_on(again, restored_change(stored))
    assert again.by_shift() == standing.by_shift()
    assert again.certificate == standing.certificate
    assert again.snapshot.stored() == standing.snapshot.stored()


def test_whoever_nothing_happened_to_is_not_touched():
    market = Living(3)
    before = market.snapshot()
    market.index.put(market.crowd.worker(WORKERS + 1))
    change = difference(before, market.snapshot())
    assert len(change.workers) <= 1 and not len(change.shifts)


def test_reserved_places_are_the_shifts_own():
    index = WorkerIndex()
    index.load([wang(id="li", priority=frozenset({"disabled"})), wang(id="zhao")])
    standing = begin(snapshot_of(index, [replace(SITE, open_places=2)], {SITE.id: 1}))
    assert standing.by_shift() == {SITE.id: ["li", "zhao"]}


def test_crews_are_planned_from_nothing():
    index = WorkerIndex()
    index.load([wang(id="li"), wang(id="zhao")])
    standing = begin(snapshot_of(index, [replace(SITE, open_places=1)], crews=[["li", "zhao"]]))
    assert standing.by_shift() == {}
    with pytest.raises(ValueError, match="anew"):
        go_on(standing, difference(standing.snapshot, standing.snapshot))


def test_an_empty_market_may_fill_and_empty_again():
    index = WorkerIndex()
    standing = begin(snapshot_of(index, []))
    index.put(wang())
    for shifts, placed in (([SITE], {SITE.id: ["wang"]}), ([], {})):
        standing = go_on(standing, difference(standing.snapshot, snapshot_of(index, shifts)))
        assert standing.by_shift() == placed
        assert standing.certificate.ok
    assert standing.snapshot.worker.dtype == np.int32
