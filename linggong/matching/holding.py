"""Who holds which seat at what price: the state that auction and paths change in place."""

from typing import NamedTuple

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.pairs import Ints, Longs, Pairs

SCALE = 8
"""Values are this many times the fit, so that a smallest bid of 1 is an eighth of a point."""

NOBODY = -1


class Holding(NamedTuple):
    """Shift held by each worker (NOBODY: none), its value and the worker's gain; price, number filled and seats.

    Value of a pair = fit x SCALE + bonus for filling a place. Gain = value - price. Seats of a shift are filled from
    the front.
    """

    shift_of: Ints
    value_of: Longs
    gain: Longs
    price: Longs
    filled: Longs
    seat: Ints


def empty_holding(pairs: Pairs) -> Holding:
    """Nobody holds anything, everything is free."""
    return Holding(
        np.full(pairs.workers, NOBODY, np.int32),
        np.zeros(pairs.workers, np.int64),
        np.zeros(pairs.workers, np.int64),
        np.zeros(pairs.shifts, np.int64),
        np.zeros(pairs.shifts, np.int64),
        np.full(int(pairs.seat_start[-1]), NOBODY, np.int32),
    )


@compiled
def places(pairs: Pairs, shift: int) -> int:
    """How many places a shift has."""
    return int(pairs.seat_start[shift + 1] - pairs.seat_start[shift])


@compiled
def has_hole(pairs: Pairs, holding: Holding, shift: int) -> bool:
    """Whether a place of the shift is empty though it has a price."""
    return bool(holding.price[shift] > 0 and holding.filled[shift] < places(pairs, shift))


@compiled
def sit(pairs: Pairs, holding: Holding, worker: int, shift: int) -> None:
    """Gives the worker the first free seat of the shift."""
    holding.seat[pairs.seat_start[shift] + holding.filled[shift]] = worker
    holding.filled[shift] += 1
    holding.shift_of[worker] = shift


@compiled
def seat_of(pairs: Pairs, holding: Holding, worker: int) -> int:
    """Where the worker sits."""
    at = pairs.seat_start[holding.shift_of[worker]]
    while holding.seat[at] != worker:
        at += 1
    return int(at)


@compiled
def rise(pairs: Pairs, holding: Holding, worker: int) -> None:
    """Takes the worker out of the seat; the last one of the shift moves up."""
    shift = holding.shift_of[worker]
    at = seat_of(pairs, holding, worker)
    holding.filled[shift] -= 1
    holding.seat[at] = holding.seat[pairs.seat_start[shift] + holding.filled[shift]]
    holding.shift_of[worker] = NOBODY


@compiled
def change_price(pairs: Pairs, holding: Holding, shift: int, change: int) -> None:
    """Moves the price of a shift; those who sit there gain or lose as much."""
    holding.price[shift] += change
    first = pairs.seat_start[shift]
    for at in range(first, first + holding.filled[shift]):
        holding.gain[holding.seat[at]] -= change


@compiled
def reseat(pairs: Pairs, holding: Holding) -> None:
    """Fills the seats anew from `shift_of`."""
    holding.filled[:] = 0
    for worker in range(len(holding.shift_of)):
        shift = holding.shift_of[worker]
        if shift >= 0:
            holding.seat[pairs.seat_start[shift] + holding.filled[shift]] = worker
            holding.filled[shift] += 1


@compiled
def settle(pairs: Pairs, holding: Holding, worker: int, bonus: int) -> bool:
    """Sets the exact gain of a worker at the present prices; whether somebody without a place wants one.

    Whoever holds less than the best there is loses it (the seats are left to the caller).
    """
    best, held, mine = 0, -1, holding.shift_of[worker]
    for at in range(pairs.worker_start[worker], pairs.worker_start[worker + 1]):
        shift = pairs.worker_shift[at]
        gain = pairs.worker_fit[at] * SCALE + bonus - holding.price[shift]
        best = max(best, gain)
        if shift == mine:
            held = gain
            holding.value_of[worker] = gain + holding.price[shift]
    holding.gain[worker] = best
    if held < best:
        holding.shift_of[worker] = NOBODY
    return holding.shift_of[worker] < 0 and best > 0
