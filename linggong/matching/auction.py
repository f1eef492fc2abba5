"""Bertsekas' auction for prices close to the best: workers bid for places, in rounds with ever smaller steps.

D. P. Bertsekas, "The auction algorithm", Annals of Operations Research 14 (1988); several like places: D. P. Bertsekas,
D. A. Castanon, "The auction algorithm for the transportation problem", in volume 20 (1989). Prices only rise in a
round. Those of the round before can be too high by a few of its steps, so a round starts from prices lowered by so
much; places that stay empty at a price are then few, and the exact end (`paths`) brings them down. After a round with
step `eps` everybody who holds a place is within `eps` of the best choice at these prices.
"""

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.holding import NOBODY, SCALE, Holding, places, reseat, settle
from linggong.matching.pairs import Ints, Longs, Pairs


@compiled
def auction_round(pairs: Pairs, holding: Holding, bonus: int, eps: int, slack: int = 0) -> None:
    """One round with steps of `eps`, from prices lowered by `slack`.

    Whoever holds nothing good enough bids, until all hold something or nothing is worth its price. `gain` is then what
    those who hold a place have of it, and 0 for others.
    """
    for shift in range(len(holding.price)):
        holding.price[shift] = max(holding.price[shift] - slack, 0)
    seat_bid = np.empty(len(holding.seat), np.int64)
    waiting = np.empty(len(holding.shift_of), np.int32)
    count = keep_content(pairs, holding, bonus, eps, seat_bid, waiting)
    for at in range(count):
        bid_until_seated(pairs, holding, bonus, eps, seat_bid, waiting[at])
    for worker in range(len(holding.shift_of)):
        shift = holding.shift_of[worker]
        holding.gain[worker] = holding.value_of[worker] - holding.price[shift] if shift >= 0 else 0


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
def tighten(pairs: Pairs, holding: Holding, bonus: int, wanting: Ints) -> int:
    """Makes every gain exact at these prices; collects who wants a place and has none, and says how many."""
    count = 0
    for worker in range(len(holding.shift_of)):
        if settle(pairs, holding, worker, bonus):
            wanting[count] = worker
            count += 1
    reseat(pairs, holding)
    return count
