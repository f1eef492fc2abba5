"""Eligible pairs between the shifts of one shard and the workers of one, and who stands where in an auction."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from linggong.matching.pairs import Ints, Longs


class Found(NamedTuple):
    """Eligible pairs: `counts[k]` workers, with their fit, for each of `shifts[k]`, both by number in their shards."""

    shifts: Ints
    counts: Ints
    worker: Ints
    fit: Ints

    @property
    def shift(self) -> Ints:
        """The shift of each pair."""
        return np.repeat(self.shifts, self.counts)

    def guests(self) -> tuple[Ints, Ints]:
        """The workers, each once, and for each pair which of them it is."""
        distinct, which = np.unique(self.worker, return_inverse=True)
        return distinct, which.astype(np.int32)


class Standing(NamedTuple):
    """A shard after an auction: the price of its shifts, what its workers gain, and who holds which of its shifts.

    `shift_of` goes over the shard's own workers, then over the guests of each neighbour in turn (-1: none).
    """

    price: Longs
    gain: Longs
    shift_of: Ints


def joined(arrays: Sequence[Ints]) -> Ints:
    """Arrays one after the other; there may be none."""
    return np.concatenate((np.empty(0, np.int32), *arrays))
