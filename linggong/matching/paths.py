"""The exact end: shortest augmenting paths, from workers who want a place and from priced places that are empty.

J. Edmonds, R. M. Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", Journal of
the ACM 19 (1972); R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
assignment problems", Computing 38 (1987). Lengths are what a pair lacks to the best its worker or shift can have;
Dijkstra runs over shifts. Prices and gains stay exact throughout, so nothing but the path changes.
"""

from typing import NamedTuple

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.holding import (
    NOBODY,
    SCALE,
    Holding,
    change_price,
    has_hole,
    places,
    rise,
    sit,
)
from linggong.matching.pairs import Ints, Longs, Pairs

FAR = np.int64(1) << np.int64(62)


class Search(NamedTuple):
    """Scratch of one search over shifts: distances, what is settled, where each was reached from, and a heap.

    `size` counts [shifts touched, heap entries].
    """

    distance: Longs
    settled: Ints
    by_worker: Ints
    from_shift: Ints
    touched: Ints
    heap_key: Longs
    heap_shift: Ints
    size: Longs


def new_search(pairs: Pairs) -> Search:
    """Scratch for one market; the heap has room for every pair, the most that one search can push."""
    shifts, most = pairs.shifts, len(pairs.worker_shift) + 1
    return Search(
        np.full(shifts, FAR),
        np.zeros(shifts, np.int32),
        np.full(shifts, NOBODY, np.int32),
        np.full(shifts, NOBODY, np.int32),
        np.empty(shifts, np.int32),
        np.empty(most, np.int64),
        np.empty(most, np.int32),
        np.zeros(2, np.int64),
    )


@compiled
def reach_shift(search: Search, shift: int, distance: int, worker: int, origin: int) -> None:
    """Notes a shorter way to a shift: by which worker, who sits at `origin`."""
    if search.distance[shift] == FAR:
        search.touched[search.size[0]] = shift
        search.size[0] += 1
    search.distance[shift], search.by_worker[shift], search.from_shift[shift] = distance, worker, origin


@compiled
def push(search: Search, key: int, shift: int) -> None:
    keys, shifts, at = search.heap_key, search.heap_shift, search.size[1]
    search.size[1] += 1
    while at > 0:
        parent = (at - 1) >> 1
        if key >= keys[parent]:
            break
        keys[at], shifts[at] = keys[parent], shifts[parent]
        at = parent
    keys[at], shifts[at] = key, shift


@compiled
def pop(search: Search) -> int:
    """The nearest entry's shift, taken out of the heap."""
    keys, shifts, top, at = search.heap_key, search.heap_shift, search.heap_shift[0], 0
    search.size[1] -= 1
    count = search.size[1]
    key, shift = keys[count], shifts[count]
    while True:
        child = 2 * at + 1
        if child >= count:
            break
        if child + 1 < count and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at], shifts[at] = keys[child], shifts[child]
        at = child
    keys[at], shifts[at] = key, shift
    return int(top)


@compiled
def next_settled(search: Search, limit: int) -> int:
    """Settles the nearest shift not yet settled and returns it; NOBODY if none is nearer than `limit`."""
    while search.size[1] > 0:
        distance = search.heap_key[0]
        if distance >= limit:
            return NOBODY
        shift = pop(search)
        if not search.settled[shift] and distance == search.distance[shift]:
            search.settled[shift] = 1
            return shift
    return NOBODY


@compiled
def move_prices(pairs: Pairs, holding: Holding, search: Search, length: int, sign: int) -> None:
    """After a search: every settled shift nearer than the end moves its price by the difference."""
    for at in range(search.size[0]):
        shift = search.touched[at]
        if search.settled[shift] and search.distance[shift] < length:
            change_price(pairs, holding, shift, sign * (length - search.distance[shift]))


@compiled
def forget(search: Search) -> None:
    """Makes the scratch ready for the next search."""
    for at in range(search.size[0]):
        search.distance[search.touched[at]], search.settled[search.touched[at]] = FAR, 0
    search.size[:] = 0


@compiled
def place_workers(pairs: Pairs, holding: Holding, bonus: int, search: Search, wanting: Ints) -> None:
    """Places each wanting worker, one by one, or finds that somebody on the way is as well off without a place."""
    for worker in wanting:
        if holding.shift_of[worker] < 0 and holding.gain[worker] > 0:
            place_worker(pairs, holding, bonus, search, worker)


@compiled
def place_worker(pairs: Pairs, holding: Holding, bonus: int, search: Search, worker: int) -> None:
    """The cheapest chain that starts with this worker and ends on a free place or with somebody going without."""
    length, leaver, end = holding.gain[worker], worker, NOBODY
    length, leaver, end = look_around(pairs, holding, bonus, search, worker, 0, length, leaver, end)
    while True:
        shift = next_settled(search, length)
        if shift < 0:
            break
        first = pairs.seat_start[shift]
        for at in range(first, first + holding.filled[shift]):
            sitting = holding.seat[at]
            distance = search.distance[shift]
            if distance + holding.gain[sitting] < length:
                length, leaver, end = distance + holding.gain[sitting], sitting, NOBODY
            length, leaver, end = look_around(pairs, holding, bonus, search, sitting, distance, length, leaver, end)
    move_prices(pairs, holding, search, length, 1)
    holding.gain[worker] -= length
    if end >= 0:
        shift_along(pairs, holding, search, end)
    elif leaver != worker:
        end = holding.shift_of[leaver]
        rise(pairs, holding, leaver)
        shift_along(pairs, holding, search, end)
    forget(search)


@compiled
def look_around(
    pairs: Pairs,
    holding: Holding,
    bonus: int,
    search: Search,
    worker: int,
    distance: int,
    length: int,
    leaver: int,
    end: int,
) -> tuple[int, int, int]:
    """Looks at every shift of a worker reached at `distance`; the length, leaver and end of the best chain so far."""
    wanted = distance + holding.gain[worker]
    mine = holding.shift_of[worker]
    for at in range(pairs.worker_start[worker], pairs.worker_start[worker + 1]):
        shift = pairs.worker_shift[at]
        reached = wanted + holding.price[shift] - pairs.worker_fit[at] * SCALE - bonus
        if reached >= length or reached >= search.distance[shift] or shift == mine:
            continue
        reach_shift(search, shift, reached, worker, mine)
        if holding.filled[shift] < places(pairs, shift):
            length, leaver, end = reached, NOBODY, shift
        else:
            push(search, reached, shift)
    return length, leaver, end


@compiled
def shift_along(pairs: Pairs, holding: Holding, search: Search, end: int) -> None:
    """Moves everybody on the chain one on: the last to the free place at `end`, the first from nowhere."""
    shift = end
    while shift >= 0:
        worker, origin = search.by_worker[shift], search.from_shift[shift]
        if origin >= 0:
            rise(pairs, holding, worker)
        sit(pairs, holding, worker, shift)
        shift = origin


@compiled
def fill_holes(pairs: Pairs, holding: Holding, bonus: int, search: Search, shifts: Ints) -> None:
    """Fills every priced empty place of these shifts, or brings its price down to nothing."""
    for shift in shifts:
        while has_hole(pairs, holding, shift):
            fill_hole(pairs, holding, bonus, search, shift)


@compiled
def fill_hole(pairs: Pairs, holding: Holding, bonus: int, search: Search, hole: int) -> None:
    """The cheapest chain that pulls workers towards the hole, from outside or from a place whose price is nothing."""
    length, end, comer = holding.price[hole], hole, NOBODY
    reach_shift(search, hole, 0, NOBODY, NOBODY)
    push(search, 0, hole)
    while True:
        shift = next_settled(search, length)
        if shift < 0:
            break
        base = search.distance[shift] + holding.price[shift]
        if base < length:
            length, end, comer = base, shift, NOBODY
        for at in range(pairs.shift_start[shift], pairs.shift_start[shift + 1]):
            worker = pairs.shift_worker[at]
            reached = base + holding.gain[worker] - pairs.shift_fit[at] * SCALE - bonus
            origin = holding.shift_of[worker]
            if reached >= length or origin == shift:
                continue
            if origin < 0:
                length, end, comer = reached, shift, worker
            elif reached < search.distance[origin]:
                reach_shift(search, origin, reached, worker, shift)
                push(search, reached, origin)
    move_prices(pairs, holding, search, length, -1)
    pull_along(pairs, holding, search, hole, end, comer)
    forget(search)


@compiled
def pull_along(pairs: Pairs, holding: Holding, search: Search, hole: int, end: int, comer: int) -> None:
    """Moves everybody on the chain one towards the hole; `comer`, if any, takes the place left at the end."""
    shift = end
    while shift != hole:
        worker, target = search.by_worker[shift], search.from_shift[shift]
        rise(pairs, holding, worker)
        if comer >= 0:
            sit(pairs, holding, comer, shift)
        comer, shift = worker, target
    if comer >= 0:
        sit(pairs, holding, comer, hole)
