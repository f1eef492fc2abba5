"""A shard's auction with its neighbours in view: what they ask for a place and what their workers have at home.

Own workers bid only for more than they could gain across the border at the neighbours' last prices; guests from
across bid only for more than they gain at home. So a worker's alternative is taken off what every pair is worth to
that worker, and the auction is the one of a single machine (`auction`). What it ends with need not be exact: the
central finish is.
"""

from collections.abc import Sequence

import numpy as np

from linggong.matching import auction
from linggong.matching.cluster.found import Found, Standing
from linggong.matching.holding import SCALE, Holding, empty_holding
from linggong.matching.pairs import Longs, Pairs, pairs_of

Visitors = Sequence[tuple[Found, Longs]]
"""For each neighbour its workers' pairs with own shifts, and what each of these guests gains at home."""


def bid(
    own: Found,
    places: Longs,
    bonus: int,
    step: int,
    slack: int,
    before: Standing | None,
    elsewhere: Longs,
    visitors: Visitors,
) -> Standing:
    """One round in steps of `step` from where the shard stood `before`, with prices lowered by `slack`.

    `elsewhere` is what each own worker could gain across the borders.
    """
    pairs, alternative = gathered(own, places, bonus, elsewhere, visitors)
    holding = started(pairs, before)
    auction.auction_round(pairs, holding, 0, step, slack)
    workers = len(elsewhere)
    return Standing(holding.price, holding.gain[:workers] + alternative[:workers], holding.shift_of)


def gathered(own: Found, places: Longs, bonus: int, elsewhere: Longs, visitors: Visitors) -> tuple[Pairs, Longs]:
    """Pairs worth more than the alternative of their worker, by how much; and the alternative of each worker."""
    worker, shift, fit, alternative = [own.worker], [own.shift], [own.fit], [elsewhere]
    workers = len(elsewhere)
    for found, at_home in visitors:
        worker.append(found.guests()[1] + np.int32(workers))
        shift.append(found.shift)
        fit.append(found.fit)
        alternative.append(at_home)
        workers += len(at_home)
    everyone, all_shifts, less = np.concatenate(worker), np.concatenate(shift), np.concatenate(alternative)
    worth = np.concatenate(fit) + bonus // SCALE - -(-less // SCALE)[everyone]
    pays = worth > 0
    given = everyone[pays], all_shifts[pays], worth[pays].astype(np.int32)
    return pairs_of(workers, *given, places), less


def started(pairs: Pairs, before: Standing | None) -> Holding:
    """Where the shard stood; guests who are new hold nothing."""
    holding = empty_holding(pairs)
    if before is not None:
        holding.price[:] = before.price
        holding.shift_of[: len(before.shift_of)] = before.shift_of
    return holding
