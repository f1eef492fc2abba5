"""What the index can number and keep, and a clear refusal beyond."""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from linggong.matching.columns import Columns, Numbering
from linggong.matching.model import Weights
from linggong.matching.pairs import Ints, Longs, TooLarge
from linggong.matching.people import FIRST_MINUTE, LONGEST_NOTE, MINUTES_KEPT
from linggong.matching.search import MOST_WAITING, REACH

FEW = 32

Number = TypeVar("Number", bound=np.generic)


def numbered(
    packed: Longs, known: dict[int, int], table: NDArray[Number], most: int, sentence: str
) -> tuple[Ints, NDArray[Number]]:
    """The numbers of values, and the table from numbers to values with the new ones in it."""
    distinct, inverse = (packed, None) if len(packed) < FEW else np.unique(packed, return_inverse=True)
    before = len(known)
    numbers = np.array([known.setdefault(value, len(known)) for value in distinct.tolist()], np.int32)
    if len(known) > most:
        raise TooLarge(sentence)
    if len(known) > before:
        new = np.fromiter(islice(known, before, None), table.dtype)
        table = np.concatenate((table, new))
    return numbers if inverse is None else numbers[inverse], table


def numbers_of(known: Numbering, names: Sequence[str], most: int) -> Ints:
    """The numbers of names."""
    numbers = np.array([known[name] for name in names], np.int32)
    if len(known) > most:
        raise TooLarge(f"名目太多, 最多能记 {most} 种。")
    return numbers


def longer(array: NDArray[Number], needed: int) -> NDArray[Number]:
    """The array with more lines at its end, not set: as many as are needed and some for later."""
    more = max(needed - len(array), len(array) // 2, 1024)
    return np.concatenate((array, np.empty((more, *array.shape[1:]), array.dtype)))


def notes_for(new: Columns) -> int:
    """How many notes at most these workers take."""
    spans = (new.taken["ends"].astype(np.int64) - new.taken["starts"]) // LONGEST_NOTE + 1
    return len(new.certificates) + len(new.blocks) + int(np.maximum(spans, 0).sum())


def check_bounds(new: Columns) -> None:
    """Raises `TooLarge` if something about the workers cannot be kept."""
    if not len(new.people):
        return
    people, taken = new.people, new.taken
    check_position(int(np.abs(people["latitude"]).max()), int(np.abs(people["longitude"]).max()))
    check_wishes(int(people["reach"].max()), int(people["asks"].max()))
    if len(taken):
        check_span(int(taken["starts"].min()), int(taken["ends"].max()))


def check_position(latitude: int, longitude: int) -> None:
    """Raises `TooLarge` for a place that is not on earth."""
    if abs(latitude) > 90_000_000 or abs(longitude) > 180_000_000:
        raise TooLarge("位置不在地球上。")


def check_wishes(reach: int, asks: int) -> None:
    """Raises `TooLarge` if a reach or the pay asked cannot be kept."""
    if reach >= REACH:
        raise TooLarge("能去的距离最多一万六千公里。")
    if asks >= 2**31 - 1:
        raise TooLarge("要的工钱太多, 算不了。")


def check_span(starts: int, ends: int) -> None:
    """Raises `TooLarge` if a time cannot be kept."""
    if starts < FIRST_MINUTE or ends >= FIRST_MINUTE + MINUTES_KEPT:
        raise TooLarge("时间必须在 2000 年到 2063 年之间。")


def own_weights_of(weights: Weights) -> Longs:
    """The weights of what depends on the worker alone, see `entering`."""
    own = (
        weights.kept, weights.rating, weights.freshness, weights.newcomer_days, weights.waiting, weights.waiting_days,
    )  # fmt: skip
    return np.array(own, np.int64)


def check_weights(weights: Weights) -> None:
    """Raises `TooLarge` if the most points a pair can have would not fit where the index keeps them."""
    each = (
        weights.trade, 3 * weights.skill_step, weights.distance, weights.pay, weights.kept, weights.rating,
        weights.freshness, weights.waiting, max([weights.priority, *weights.priority_groups.values()]), weights.named,
    )  # fmt: skip
    if min(each) < 0 or sum(each) > MOST_WAITING:
        raise TooLarge("各项权重之和太大, 最多 32767 分。")
