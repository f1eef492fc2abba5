from uuid import UUID

import numpy as np
import pytest

from linggong.matching.fit import lot
from linggong.matching.identity import EMPTY, Names, drop_key, enter_keys, key_of, row_of, slots_for

IDS = [
    "wang",
    "w17",
    "6f1c5e1a-51a0-4a55-9a8e-0c2a4f6f7b10",
    "6F1C5E1A-51A0-4A55-9A8E-0C2A4F6F7B10",
    "王大锤",
    "",
    "x" * 15,
]
IDS += [str(UUID(int=0)), "6f1c5e1a51a04a559a8e0c2a4f6f7b10", "a\0b", "x" * 36, "fifteen letters"]


def test_every_id_comes_back_as_it_was_given():
    names = Names()
    names.keys = names.columns(IDS)
    assert [names[row] for row in range(len(IDS))] == IDS
    assert names.of(np.arange(len(IDS), dtype=np.int32)) == IDS
    assert names.of(np.arange(3, dtype=np.int32)) == IDS[:3]


def test_no_two_ids_share_a_key_or_a_lot():
    assert len({key_of(one) for one in IDS}) == len({lot(one) for one in IDS}) == len(IDS)


@pytest.mark.parametrize("seed", range(5))
def test_who_was_dropped_is_not_found_and_all_others_are(seed):
    random = np.random.default_rng(seed)
    names, slots = Names(), slots_for(700)
    names.keys = names.columns(f"w{number}" for number in range(700))
    enter_keys(names.keys, slots, np.arange(700))
    dropped = random.permutation(700)[:500]
    for row in dropped:
        drop_key(names.keys, slots, int(row))
    found = [row_of(names.keys, slots, *names.keys[row]) for row in range(700)]
    assert found == [EMPTY if row in dropped else row for row in range(700)]
