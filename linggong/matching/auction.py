"""Bertsekas' auction for prices close to the best: workers bid for places, then empty places lower their prices.

D. P. Bertsekas, "The auction algorithm", Annals of Operations Research 14 (1988); for several like places and the
reverse side: D. P. Bertsekas, D. A. Castanon, "A forward/reverse auction algorithm for asymmetric assignment
problems", Computational Optimization and Applications 1 (1992). After a round with step `eps` everybody is within
`eps` of the best choice at these prices; the exact end is made by `paths`.
"""

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.holding import (
    NOBODY,
    SCALE,
    Holding,
    change_price,
    has_hole,
    places,
    reseat,
    rise,
    settle,
    sit,
)
from linggong.matching.pairs import Ints, Longs, Pairs


@compiled
def auction_round(pairs: Pairs, holding: Holding, bonus: int, eps: int) -> None:
    """One round of bidding upwards and of lowering prices, with steps of `eps`."""
    bid_upwards(pairs, holding, bonus, eps)
    for worker in range(len(holding.shift_of)):
        shift = holding.shift_of[worker]
        holding.gain[worker] = holding.value_of[worker] - holding.price[shift] if shift >= 0 else 0
    lower_prices(pairs, holding, bonus, eps)


@compiled
def bid_upwards(pairs: Pairs, holding: Holding, bonus: int, eps: int) -> None:
    """Whoever holds nothing good enough bids, until all hold something or nothing is worth its price."""
    seat_bid = np.empty(len(holding.seat), np.int64)
    waiting = np.empty(len(holding.shift_of), np.int32)
    count = keep_content(pairs, holding, bonus, eps, seat_bid, waiting)
    for at in range(count):
        bid_until_seated(pairs, holding, bonus, eps, seat_bid, waiting[at])


@compiled
def keep_content(pairs: Pairs, holding: Holding, bonus: int, eps: int, seat_bid: Longs, waiting: Ints) -> int:
    """Seats anew those who hold the best for them within `eps`; how many others are `waiting` then.

    The seats of a shift are a heap with the lowest bid in front; whoever stays is taken to bid as high as would pay.
    """
    holding.filled[:] = 0
    count = 0
    for worker in range(len(holding.shift_of)):
        mine, held, other = holding.shift_of[worker], 0, 0
        for at in range(pairs.worker_start[worker], pairs.worker_start[worker + 1]):
            shift = pairs.worker_shift[at]
            gain = pairs.worker_fit[at] * SCALE + bonus - holding.price[shift]
            if shift == mine:
                held = gain
            else:
                other = max(other, gain)
        if held > 0 and held >= other - eps:
            holding.value_of[worker] = held + holding.price[mine]
            push_seat(pairs, holding, seat_bid, worker, mine, holding.price[mine] + max(held - other, 0) + eps)
        else:
            holding.shift_of[worker] = NOBODY
            waiting[count] = worker
            count += 1
    return count


@compiled
def push_seat(pairs: Pairs, holding: Holding, seat_bid: Longs, worker: int, shift: int, bid: int) -> None:
    """Gives the worker a free seat of the shift."""
    first = pairs.seat_start[shift]
    at = first + holding.filled[shift]
    while at > first:
        parent = first + ((at - first - 1) >> 1)
        if bid >= seat_bid[parent]:
            break
        holding.seat[at], seat_bid[at] = holding.seat[parent], seat_bid[parent]
        at = parent
    holding.seat[at], seat_bid[at] = worker, bid
    holding.filled[shift] += 1


@compiled
def replace_lowest(pairs: Pairs, holding: Holding, seat_bid: Longs, worker: int, shift: int, bid: int) -> int:
    """Gives the worker the seat of the lowest bidder, who is returned."""
    first = pairs.seat_start[shift]
    end, at, outbid = first + holding.filled[shift], first, holding.seat[first]
    while True:
        child = 2 * at - first + 1
        if child >= end:
            break
        if child + 1 < end and seat_bid[child + 1] < seat_bid[child]:
            child += 1
        if seat_bid[child] >= bid:
            break
        holding.seat[at], seat_bid[at] = holding.seat[child], seat_bid[child]
        at = child
    holding.seat[at], seat_bid[at] = worker, bid
    return int(outbid)


@compiled
def bid_until_seated(pairs: Pairs, holding: Holding, bonus: int, eps: int, seat_bid: Longs, worker: int) -> None:
    """The worker bids; whoever is outbid bids next, until a free seat is taken or nothing is worth its price."""
    while worker >= 0:
        best, second, choice = 0, 0, NOBODY
        for at in range(pairs.worker_start[worker], pairs.worker_start[worker + 1]):
            gain = pairs.worker_fit[at] * SCALE + bonus - holding.price[pairs.worker_shift[at]]
            second = max(second, min(best, gain))
            if gain > best:
                best, choice = gain, at
        if choice < 0:
            return
        shift = pairs.worker_shift[choice]
        bid = holding.price[shift] + best - second + eps
        holding.shift_of[worker], holding.value_of[worker] = shift, best + holding.price[shift]
        if holding.filled[shift] < places(pairs, shift):
            push_seat(pairs, holding, seat_bid, worker, shift, bid)
            outbid = NOBODY
        else:
            outbid = replace_lowest(pairs, holding, seat_bid, worker, shift, bid)
            holding.shift_of[outbid] = NOBODY
        if holding.filled[shift] == places(pairs, shift):
            holding.price[shift] = max(holding.price[shift], seat_bid[pairs.seat_start[shift]])
        worker = outbid


@compiled
def lower_prices(pairs: Pairs, holding: Holding, bonus: int, eps: int) -> None:
    """Shifts with empty but priced places win workers by lowering the price, each shift in turn."""
    shifts = len(holding.price)
    queue, queued = np.empty(shifts + 1, np.int32), np.zeros(shifts, np.bool_)
    most = np.max(np.diff(pairs.seat_start)) + 1 if shifts else 1
    offers, offering = np.empty(most, np.int64), np.empty(most, np.int64)
    head, tail = 0, 0
    for shift in range(shifts):
        if has_hole(pairs, holding, shift):
            queue[tail], queued[shift] = shift, True
            tail += 1
    while head != tail:
        shift = queue[head]
        head = (head + 1) % len(queue)
        queued[shift] = False
        if not has_hole(pairs, holding, shift):
            continue
        count = best_offers(pairs, holding, bonus, eps, shift, offers, offering)
        holes = places(pairs, shift) - holding.filled[shift]
        asked = min(max(offers[0] - eps, 0), holding.price[shift]) if count > holes else 0
        change_price(pairs, holding, shift, asked - holding.price[shift])
        for winner in range(1 if count > holes else 0, count):
            left = win(pairs, holding, bonus, shift, offering[winner])
            if left >= 0 and holding.price[left] > 0 and not queued[left]:
                queue[tail], queued[left] = left, True
                tail = (tail + 1) % len(queue)


@compiled
def best_offers(
    pairs: Pairs, holding: Holding, bonus: int, eps: int, shift: int, offers: Longs, offering: Longs
) -> int:
    """The best offers from outside, one more than there are holes, as a heap with the lowest in front; their number.

    A worker can offer what the pair is worth less what the worker gains now; offers up to `eps` do not count.
    `offering` holds the pairs, from the shift's side.
    """
    most, count = places(pairs, shift) - holding.filled[shift] + 1, 0
    for pair in range(pairs.shift_start[shift], pairs.shift_start[shift + 1]):
        worker = pairs.shift_worker[pair]
        offer = pairs.shift_fit[pair] * SCALE + bonus - holding.gain[worker]
        if offer <= eps or (count == most and offer <= offers[0]) or holding.shift_of[worker] == shift:
            continue
        if count < most:
            at = count
            count += 1
            while at > 0 and offers[(at - 1) >> 1] > offer:
                offers[at], offering[at] = offers[(at - 1) >> 1], offering[(at - 1) >> 1]
                at = (at - 1) >> 1
        else:
            at = 0
            while 2 * at + 1 < count:
                child = 2 * at + 1
                if child + 1 < count and offers[child + 1] < offers[child]:
                    child += 1
                if offers[child] >= offer:
                    break
                offers[at], offering[at] = offers[child], offering[child]
                at = child
        offers[at], offering[at] = offer, pair
    return count


@compiled
def win(pairs: Pairs, holding: Holding, bonus: int, shift: int, pair: int) -> int:
    """Seats the worker of a pair; returns the shift left for it (NOBODY: none)."""
    worker = pairs.shift_worker[pair]
    left = holding.shift_of[worker]
    if left >= 0:
        rise(pairs, holding, worker)
    sit(pairs, holding, worker, shift)
    holding.value_of[worker] = pairs.shift_fit[pair] * SCALE + bonus
    holding.gain[worker] = holding.value_of[worker] - holding.price[shift]
    return int(left)


@compiled
def tighten(pairs: Pairs, holding: Holding, bonus: int, wanting: Ints) -> int:
    """Makes every gain exact at these prices; collects who wants a place and has none, and says how many."""
    count = 0
    for worker in range(len(holding.shift_of)):
        if settle(pairs, holding, worker, bonus):
            wanting[count] = worker
            count += 1
    reseat(pairs, holding)
    return count
