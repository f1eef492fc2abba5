"""A day over all shards: retrieval by county, auctions by county with an exchange of prices, one exact finish.

The finish has all pairs and ends as on one machine: whatever the shards bring along, the plan fills the most places,
then has the greatest total fit, and its certificate is reckoned on the whole.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

import numpy as np

from linggong.matching.assignment import FIRST_BONUS, SLACK, STEPS, Plan, assign, check_sums, finish
from linggong.matching.cluster.borders import NOWHERE
from linggong.matching.cluster.found import Found, Standing, joined
from linggong.matching.cluster.local_auction import Visitors
from linggong.matching.cluster.shard import Loaded
from linggong.matching.files import Unreadable
from linggong.matching.holding import NOBODY, SCALE, Holding, empty_holding
from linggong.matching.pairs import LARGEST_FIT, Ints, Longs, Pairs, TooLarge, pairs_of, starts

Phase = Callable[[str], AbstractContextManager[None]]
"""Told which phase begins; its end is the end of the block."""


class Crew(Protocol):
    """The shards, wherever they are. `spent` adds up the processor seconds of the busiest one in each call, unless
    they are this process's own."""

    size: int
    spent: float

    def each(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Calls a method of every shard at once, each with its own arguments; the answers in order."""


class Country(NamedTuple):
    """Where the numbers of each shard's workers and shifts begin in the whole, and the places of all shifts.

    `found[s][t]` are the pairs of the shifts of shard `s` with the workers of shard `t`.
    """

    worker_start: Longs
    shift_start: Longs
    places: Longs
    found: list[list[Found]]

    def pairs(self) -> Pairs:
        """All pairs, numbered in the whole."""
        size = range(len(self.found))
        cells = [(self.found[site][home], site, home) for site in size for home in size]
        worker = joined([found.worker + np.int32(self.worker_start[home]) for found, _, home in cells])
        shift = joined([found.shift + np.int32(self.shift_start[site]) for found, site, _ in cells])
        fit = joined([found.fit for found, _, _ in cells])
        return pairs_of(int(self.worker_start[-1]), worker, shift, fit, self.places)

    def highest(self) -> int:
        """The greatest fit there is."""
        return max(int(found.fit.max(initial=0)) for row in self.found for found in row)


def plan_country(crew: Crew, phase: Phase) -> tuple[Country, Plan]:
    """The best plan for the workers and shifts of all shards. Raises `TooLarge`, and `Unreadable` for their files."""
    with phase("load"):
        loaded = load(crew)
    with phase("retrieve"):
        country = retrieve(crew, loaded)
    if crew.size == 1:
        with phase("assign"):
            return country, assign(country.pairs())
    bonus = first_bonus(country)
    with phase("auction"):
        standings = auctions(crew, country, bonus)
    with phase("finish"):
        return country, finished(country, standings, bonus)


def load(crew: Crew) -> list[Loaded]:
    """What each shard has. Raises `Unreadable` if somebody is there twice."""
    loaded = list[Loaded](crew.each("load", [()] * crew.size))
    lots = np.concatenate([one.lots for one in loaded])
    twice = len(lots) - len(np.unique(lots))
    if twice:
        raise Unreadable(f"日文件里有 {twice} 人出现了不止一次。每人只能属于一个县。")
    return loaded


def retrieve(crew: Crew, loaded: Sequence[Loaded]) -> Country:
    """All eligible pairs: every shard asks its own index, and those across its borders."""
    size = range(crew.size)
    extents = [one.extent for one in loaded]
    asked = crew.each("border", [([*extents[:at], NOWHERE, *extents[at + 1 :]],) for at in size])
    answers = crew.each("retrieve", [([asked[site][home] for site in size],) for home in size])
    found = [[answers[site][0] if site == home else answers[home][1][site] for home in size] for site in size]
    return Country(
        starts(np.array([len(one.lots) for one in loaded], np.int64)),
        starts(np.array([len(one.places) for one in loaded], np.int64)),
        np.concatenate([one.places for one in loaded]),
        found,
    )


def first_bonus(country: Country) -> int:
    """The bonus to start with, as on one machine. Raises `TooLarge` if fit and bonus are beyond 31 bits."""
    highest = country.highest()
    if (FIRST_BONUS + 1) * (highest + 1) > LARGEST_FIT:
        raise TooLarge("分数太大, 不能分县计算。请减小分数, 或者用一台机器算。")
    return FIRST_BONUS * SCALE * (highest + 1)


def auctions(crew: Crew, country: Country, bonus: int) -> list[Standing]:
    """Auctions in all shards in ever smaller steps, with an exchange along the borders before each."""
    standings: list[Standing] = []
    slack = 0
    for part in STEPS:
        step = max(bonus // part, 1)
        views = [
            (standings[at] if standings else None, elsewhere(country, standings, at, bonus),
             visitors(country, standings, at))
            for at in range(crew.size)
        ]  # fmt: skip
        standings = crew.each("auction", [(bonus, step, slack, *view) for view in views])
        slack = SLACK * step
    return standings


def elsewhere(country: Country, standings: Sequence[Standing], home: int, bonus: int) -> Longs:
    """What each worker of a shard could gain across its borders at the last prices there."""
    best = np.zeros(int(np.diff(country.worker_start)[home]), np.int64)
    for site, standing in enumerate(standings):
        if site != home:
            found = country.found[site][home]
            gain = found.fit.astype(np.int64) * SCALE + bonus - standing.price[found.shift]
            np.maximum.at(best, found.worker, gain)
    return best


def visitors(country: Country, standings: Sequence[Standing], site: int) -> Visitors:
    """Who may come to a shard from across its borders, with what they gained at home."""
    return [
        (country.found[site][home], standing.gain[country.found[site][home].guests()[0]])
        for home, standing in enumerate(standings)
        if home != site
    ]


def finished(country: Country, standings: Sequence[Standing], bonus: int) -> Plan:
    """The exact plan, from where the shards ended."""
    pairs = country.pairs()
    check_sums(pairs, bonus)
    return finish(pairs, together(country, pairs, standings), bonus)


def together(country: Country, pairs: Pairs, standings: Sequence[Standing]) -> Holding:
    """Where all shards stand, in one; who holds a place at home and one across the border keeps the latter."""
    holding = empty_holding(pairs)
    holding.price[:] = np.concatenate([standing.price for standing in standings])
    guests = list[tuple[Ints, Ints]]()
    for site, standing in enumerate(standings):
        shift_of = np.where(standing.shift_of >= 0, standing.shift_of + country.shift_start[site], NOBODY)
        first, end = country.worker_start[site : site + 2]
        holding.shift_of[first:end] = shift_of[: end - first]
        rows = [
            country.worker_start[home] + country.found[site][home].guests()[0]
            for home in range(len(standings))
            if home != site
        ]
        seated = shift_of[end - first :] >= 0
        guests.append((np.concatenate(rows)[seated], shift_of[end - first :][seated]))
    for worker, shift in guests:
        holding.shift_of[worker] = shift
    return holding


def named(crew: Crew, country: Country, plan: Plan) -> Iterator[tuple[str, str]]:
    """Ids of workers and shifts for all who are placed."""
    worker = np.flatnonzero(plan.shift_of >= 0)
    shift, shifts = np.unique(plan.shift_of[worker], return_inverse=True)
    sides = (split(worker, country.worker_start), split(shift.astype(np.int64), country.shift_start))
    names = crew.each("named", list(zip(*sides, strict=True)))
    workers = [name for some, _ in names for name in some]
    places = [name for _, some in names for name in some]
    return ((name, places[at]) for name, at in zip(workers, shifts.tolist(), strict=True))


def split(numbers: Longs, start: Longs) -> list[Longs]:
    """Sorted numbers in the whole as numbers in each shard."""
    parts = np.split(numbers, np.searchsorted(numbers, start[1:-1]))
    return [part - first for part, first in zip(parts, start, strict=False)]
