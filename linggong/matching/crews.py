"""Crews that go together: placed on the same shift, all of them, or not at all.

With crews the assignment is NP-hard (the places of a shift are a knapsack for crews), so an answer comes with a bound.
Without the rule that a crew stays whole the assignment is exact, and no plan that keeps the rule can be better. Where
it splits a crew, the crew is once sent to a shift and once kept from it, and each case is bounded in the same way:
branch and bound (A. H. Land, A. G. Doig, "An automatic method of solving discrete programming problems", Econometrica
28, 1960), the most promising case first. It ends with a plan proved the best, or after so many cases with the best one
found and the bound that is left.
"""

import heapq
from collections.abc import Iterable
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.matching.assignment import assign, repair
from linggong.matching.certificate import Certificate
from linggong.matching.holding import NOBODY, SCALE
from linggong.matching.pairs import Ints, Longs, Pairs, pairs_of

Worth = tuple[int, int]
"""Places filled and total fit: what a plan is worth, in this order."""

MOST_CASES = 200
"""So many cases are looked at, at most; the number and not the time, so that a run can be replayed."""


class Market(NamedTuple):
    """Eligible pairs as parallel arrays, places by shift, and the crew of each worker (NOBODY: none)."""

    worker: Ints
    shift: Ints
    fit: Ints
    places: Longs
    crew: Ints


class Step(NamedTuple):
    """A crew sent to a shift (NOBODY: left at home), or kept from it."""

    crew: int
    shift: int
    goes: bool


Steps = tuple[Step, ...]


class Case(NamedTuple):
    """The best assignment after some steps, which may still split crews: each `way` would make one of them whole."""

    shift_of: Ints
    worth: Worth
    certificate: Certificate
    ways: tuple[Step, ...]


class CrewPlan(NamedTuple):
    """The shift of each worker, what the plan is worth, and what no plan can pass.

    The certificate proves that nothing better is possible with the crews sent where they are.
    """

    shift_of: Ints
    worth: Worth
    most: Worth
    certificate: Certificate


def assign_crews(market: Market, most_cases: int = MOST_CASES) -> CrewPlan:
    """The best plan found in which every crew is whole, and the bound. Raises `TooLarge`."""
    search = Search(market)
    best, number = search.dive(), count()
    waiting: list[tuple[Worth, int, Steps, Case]] = [(lost(search.root), next(number), (), search.root)]
    while waiting and search.cases < most_cases and waiting[0][0] < lost(best):
        _, _, steps, case = heapq.heappop(waiting)
        if not case.ways:
            best = case
            break
        for goes in (True, False):
            further = (*steps, case.ways[0]._replace(goes=goes))
            child = search.case(further)
            heapq.heappush(waiting, (lost(child), next(number), further, child))
    most = max([best.worth, *(case.worth for _, _, _, case in waiting)])
    return CrewPlan(best.shift_of, best.worth, most, best.certificate)


def lost(case: Case) -> Worth:
    """The worth of a case turned round, the most promising first."""
    return -case.worth[0], -case.worth[1]


class Search:
    """The market with the crews' pairs set apart, and its best assignment, from which all cases are repaired."""

    def __init__(self, market: Market) -> None:
        self.market, self.cases = market, 0
        of_crew = market.crew[market.worker]
        order = np.argsort(of_crew, kind="stable")
        cuts = np.searchsorted(of_crew[order], np.arange(int(market.crew.max(initial=NOBODY)) + 2))
        self.pairs_of_crew = [order[first:end] for first, end in pairwise(cuts)]
        self.members = [np.flatnonzero(market.crew == crew) for crew in range(len(self.pairs_of_crew))]
        self.options = [self.common(crew) for crew in range(len(self.members))]
        self.plan = assign(self.pairs({}, frozenset(), market.places))
        self.root = self.case(())

    def common(self, crew: int) -> dict[int, int]:
        """The shifts all of the crew could go to, with their total fit there."""
        at = self.pairs_of_crew[crew]
        shifts, counts = np.unique(self.market.shift[at], return_counts=True)
        able = shifts[counts == len(self.members[crew])].tolist()
        return {shift: int(self.market.fit[at[self.market.shift[at] == shift]].sum(dtype=np.int64)) for shift in able}

    def case(self, steps: Steps) -> Case:
        """The best assignment after these steps."""
        self.cases += 1
        sent = {step.crew: step.shift for step in steps if step.goes}
        kept = frozenset((step.crew, step.shift) for step in steps if not step.goes)
        left = self.market.places.copy()
        for crew, shift in sent.items():
            left[shift] -= len(self.members[crew]) if shift >= 0 else 0
        pairs = self.pairs(sent, kept, left)
        touched, changed = np.flatnonzero(self.market.crew >= 0), np.flatnonzero(left != self.market.places)
        plan = repair(pairs, self.plan, touched.astype(np.int32), changed.astype(np.int32))
        shift_of = plan.shift_of.copy()
        filled, fit = plan.certificate.filled, plan.certificate.total_fit
        for crew, shift in sent.items():
            shift_of[self.members[crew]] = shift
            filled += len(self.members[crew]) if shift >= 0 else 0
            fit += self.options[crew].get(shift, 0)
        split = self.split(shift_of)
        ways = tuple(self.way(crew, kept, left, plan.price, plan.bonus) for crew in split)
        return Case(shift_of, (filled, fit), plan.certificate, ways)

    def pairs(self, sent: dict[int, int], kept: frozenset[tuple[int, int]], left: Longs) -> Pairs:
        """The pairs that are left: of a crew only those that all of it could take, none once it is sent."""
        market = self.market
        there: NDArray[np.bool_] = np.ones(len(market.worker), np.bool_)
        for crew, at in enumerate(self.pairs_of_crew):
            open_ = [] if crew in sent else self.open(crew, kept, left)
            there[at] = np.isin(market.shift[at], open_)
        return pairs_of(len(market.crew), market.worker[there], market.shift[there], market.fit[there], left)

    def open(self, crew: int, kept: frozenset[tuple[int, int]], left: Longs) -> list[int]:
        """Where the whole crew could still go."""
        size = len(self.members[crew])
        return [shift for shift in self.options[crew] if left[shift] >= size and (crew, shift) not in kept]

    def split(self, shift_of: Ints) -> list[int]:
        """The crews that are not whole, the largest first."""
        torn = [crew for crew, at in enumerate(self.members) if len(set(shift_of[at].tolist())) > 1]
        return sorted(torn, key=lambda crew: -len(self.members[crew]))

    def way(self, crew: int, kept: frozenset[tuple[int, int]], left: Longs, price: Longs, bonus: int) -> Step:
        """The shift at which the whole crew gains most."""
        size = len(self.members[crew])

        def gain(shift: int) -> int:
            return self.options[crew][shift] * SCALE + size * (bonus - int(price[shift]))

        return Step(crew, max(self.open(crew, kept, left), key=gain), True)

    def dive(self) -> Case:
        """A plan with all crews whole: whoever is split is sent the best way, if there are places, or stays at home."""
        case, steps = self.root, list[Step]()
        while case.ways:
            left = self.market.places.copy()
            for step in steps:
                left[step.shift] -= len(self.members[step.crew]) if step.shift >= 0 else 0
            steps += sent_while_places_last(case.ways, left, [len(at) for at in self.members])
            case = self.case(tuple(steps))
        return case


def sent_while_places_last(ways: Iterable[Step], left: Longs, size: list[int]) -> list[Step]:
    """The ways, those for which no places are left turned into staying at home."""
    steps = []
    for way in ways:
        fits = left[way.shift] >= size[way.crew]
        left[way.shift] -= size[way.crew] if fits else 0
        steps.append(way if fits else way._replace(shift=NOBODY))
    return steps
