"""Whom to ask now, so that the places are full in time and few people are disturbed."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from linggong.matching.acceptance import USUAL_ARRIVAL, USUAL_YES, sheltered
from linggong.matching.ranking import Ranked

SURE_ENOUGH = 0.9
"""How sure the last wave shall be to fill all places, and the standbys to keep them filled."""

LEAST_ARRIVAL = 0.05
"""No standby is reckoned with a lower chance: however sure one wants to be, their number stays finite."""


class Channel(Enum):
    """How people are asked, from the quietest to the loudest; the values are stable codes."""

    MESSAGE = "message"
    CALL = "call"
    HALL = "hall"


ANSWER_MINUTES: Mapping[Channel, int] = {Channel.MESSAGE: 20, Channel.CALL: 8, Channel.HALL: 5}
"""How long one waits for the answers before the next wave."""


@dataclass(frozen=True, slots=True)
class Wave:
    """How many to ask now, by which channel, and who they are (worker ids, best first)."""

    size: int
    channel: Channel
    ask: tuple[str, ...] = ()


def next_wave(
    ranked: Sequence[Ranked],
    open_places: int,
    minutes_left: int,
    acceptance: Mapping[str, float] | float = USUAL_YES,
    asked: Collection[str] = frozenset(),
    declined: Collection[str] = frozenset(),
    exposure: float = 0.0,
) -> Wave:
    """The next wave for one shift.

    `ranked` is the shortlist, best first; `minutes_left` runs to the moment the places must be full; `acceptance`
    is the chance of a yes, for all or by worker id; `asked` are those whose answer is still awaited, `declined`
    those who said no or let the offer lapse. While there is time for another wave, as many are asked as are
    expected to fill the places; the last wave asks enough to be 90% sure. Nobody is asked twice.
    `exposure` is a floor: of those asked now, newcomers and priority groups have at least this part of the share they
    have among all who could be asked; the best of them move up, in place of the last.
    """
    channel = channel_for(minutes_left)
    if open_places <= 0:
        return Wave(0, channel)
    awaited = [chance(acceptance, worker_id) for worker_id in asked]
    fresh = [one for one in ranked if one.worker.id not in asked and one.worker.id not in declined]
    last = minutes_left < 2 * ANSWER_MINUTES[channel]
    size = size_needed(awaited, [chance(acceptance, one.worker.id) for one in fresh], open_places, last)
    return Wave(size, channel, tuple(one.worker.id for one in with_floor(fresh, size, exposure)))


def with_floor(fresh: Sequence[Ranked], size: int, exposure: float) -> list[Ranked]:
    """The first so many, of whom enough are newcomers or of priority groups; in their order of rank."""
    first = [at for at, one in enumerate(fresh) if sheltered(one.worker)]
    due = math.floor(exposure * size * len(first) / len(fresh)) if fresh else 0
    others = [at for at in range(size) if at not in set(first)]
    inside = len([at for at in first if at < size])
    keep = others[: size - max(due, inside)] + first[: max(due, inside)]
    return [fresh[at] for at in sorted(keep)]


def standbys_wanted(
    confirmed: Sequence[float], places: int, standby: float = USUAL_ARRIVAL, sure: float = SURE_ENOUGH
) -> int:
    """How many standbys to hold ready, so that it is sure enough that those who confirmed and they fill the places.

    `confirmed` are the chances of arrival of those with a place; `standby` is that of a standby who is called.
    Only who has agreed to be a standby may be counted as one (the caller asks). Places nobody has confirmed are the
    next wave's, not the standbys'.
    """
    held, wanted = min(places, len(confirmed)), 0
    chances = [min(max(chance, 0.0), 1.0) for chance in confirmed]
    while chance_of_at_least(chances, held) < sure:
        chances.append(min(max(standby, LEAST_ARRIVAL), 1.0))
        wanted += 1
    return wanted


def channel_for(minutes_left: int) -> Channel:
    """The quietest channel that still leaves time for a second wave; at the end the hall is called."""
    for channel in (Channel.MESSAGE, Channel.CALL):
        if minutes_left >= 2 * ANSWER_MINUTES[channel]:
            return channel
    return Channel.HALL


def chance(acceptance: Mapping[str, float] | float, worker_id: str) -> float:
    """The chance that this worker says yes, between 0 and 1."""
    known = acceptance.get(worker_id, USUAL_YES) if isinstance(acceptance, Mapping) else acceptance
    return min(max(known, 0.0), 1.0)


def size_needed(awaited: Sequence[float], fresh: Sequence[float], open_places: int, last: bool) -> int:
    """How many of the fresh chances to add to the awaited ones; all of them if that is not enough."""
    enough = surely_full if last else expectedly_full
    for size in range(len(fresh) + 1):
        if enough([*awaited, *fresh[:size]], open_places):
            return size
    return len(fresh)


def expectedly_full(chances: Sequence[float], places: int) -> bool:
    """Whether as many yeses are expected as there are places."""
    return sum(chances) >= places - 1e-9


def surely_full(chances: Sequence[float], places: int) -> bool:
    """Whether it is sure enough that there will be as many yeses as places."""
    return chance_of_at_least(chances, places) >= SURE_ENOUGH


def chance_of_at_least(chances: Sequence[float], needed: int) -> float:
    """The exact chance of at least `needed` yeses among independent answers (Poisson's binomial distribution)."""
    exactly = [1.0] + [0.0] * needed
    for yes in chances:
        exactly[needed] += exactly[needed - 1] * yes if needed else 0.0
        for count in range(needed - 1, -1, -1):
            exactly[count] = exactly[count] * (1 - yes) + (exactly[count - 1] * yes if count else 0.0)
    return exactly[needed]
