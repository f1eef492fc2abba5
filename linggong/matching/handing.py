"""Arrays given to compiled code by their addresses.

Taking over one array costs a third of a microsecond, and a market is a dozen of them: that is more than most questions
take to be answered. So their addresses and lengths are written down once, and a call passes the place where they stand.
"""

from array import array
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.numpy_support import carray
from numpy.typing import NDArray

from linggong.matching.compiled import inlined
from linggong.matching.pairs import Ints, Longs


class Handed:
    """Arrays that compiled code takes over from the address `at`. It keeps them from being given back to memory."""

    def __init__(self, *arrays: NDArray[Any]) -> None:
        assert all(one.flags.c_contiguous for one in arrays)
        self.arrays = arrays
        self.table = np.array([(one.ctypes.data, len(one)) for one in arrays], np.int64)
        self.at = int(self.table.ctypes.data)

    @classmethod
    def copied(cls, *arrays: NDArray[Any]) -> "Handed":
        """The same with copies of small arrays that lie together, so that one look into memory brings them all."""
        ends = np.cumsum([one.nbytes + -one.nbytes % 8 for one in arrays]).tolist()
        room, copies = np.empty(ends[-1], np.uint8), list[NDArray[Any]]()
        for one, start in zip(arrays, [0, *ends], strict=False):
            copy = room[start : start + one.nbytes].view(one.dtype).reshape(one.shape)
            copy[...] = one
            copies.append(copy)
        return cls(*copies)


class Answers:
    """Where compiled code writes an answer: so many rows, and behind them something of each. A part of an `array` is a
    copy, and quicker made than any of an array of NumPy."""

    def __init__(self, room: int = 64) -> None:
        self.room = room
        self.numbers = array("i", bytes(8 * room))

    def handed(self) -> Ints:
        """The numbers as they are handed over."""
        return np.frombuffer(self.numbers, np.int32)


def _code_of_pointer(_context: Any, _address: Any) -> Any:
    def code(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), code


_pointer = cast(Callable[[int], Any], intrinsic(_code_of_pointer))
"""The memory at an address."""


@inlined
def handed(at: int, count: int) -> Longs:
    """The addresses and lengths of so many arrays."""
    found: Longs = carray(_pointer(at), (count, 2), np.int64)
    return found


@inlined
def ints(table: Longs, number: int) -> Ints:
    """One of the arrays, of 32-bit integers."""
    found: Ints = carray(_pointer(table[number, 0]), (table[number, 1],), np.int32)
    return found


@inlined
def longs(table: Longs, number: int) -> Longs:
    """One of the arrays, of 64-bit integers."""
    found: Longs = carray(_pointer(table[number, 0]), (table[number, 1],), np.int64)
    return found


@inlined
def int_rows(table: Longs, number: int, width: int) -> Ints:
    """One of the arrays, with rows of so many 32-bit integers."""
    found: Ints = carray(_pointer(table[number, 0]), (table[number, 1], width), np.int32)
    return found


@inlined
def key_rows(table: Longs, number: int) -> NDArray[np.uint64]:
    """One of the arrays, of the keys of ids."""
    found: NDArray[np.uint64] = carray(_pointer(table[number, 0]), (table[number, 1], 2), np.uint64)
    return found
