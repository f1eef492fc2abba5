"""A sign is left untried only where it could not match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linggong.intake import kinds, screening
from linggong.intake.fields import provisions, settlement
from linggong.intake.needles import needs
from linggong.intake.signs import Signs, Words, guarded, held_by, one_of, pairs_of

PATTERNS = sorted(
    {
        pattern
        for signs in (kinds.SIGNS, screening.SIGNS, provisions.SIGNS, settlement.SIGNS)
        for pattern in signs.patterns
    }
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATTERNS), st.data())
def test_what_matches_holds_what_the_pattern_needs(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII)))
    found = re.search(pattern, text)
    assert found is not None
    held = set(found[0]) | {found[0][at : at + 2] for at in range(len(found[0]))}
    assert all(held & needed for needed in needs(pattern).holds)
    heads, tails = needs(pattern).heads, needs(pattern).tails
    assert heads is None or needs(pattern).may_be_empty or found[0][0] in heads
    assert tails is None or needs(pattern).may_be_empty or found[0][-1] in tails
    (sign,) = Signs([("it", pattern)]).worth_trying(held_by(text, pairs_of(text)))
    assert sign.stands_in(text)
    assert sign.spans_in(text) == [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("pattern", "heads", "holds"),
    [
        ("日结", {"日"}, {"日结"}),
        ("(?:管|包)饭", {"管", "包"}, {"饭"}),
        ("(?:先|须)?交押金", {"先", "须", "交"}, {"交押", "押金"}),
        ("(?:管|包)(?:一顿)?饭", {"管", "包"}, {"管饭", "包饭", "顿饭"}),
        ("[两三]班倒|做[五六]休", {"两", "三", "做"}, {"班倒", "做五", "做六"}),
        ("(?<!不)收[0-3]元(?!钱)", {"收"}, {"收"}),
        ("收[0-9]++元", {"收"}, {"收"}),
        ("(?P<much>[^a]{2,}).x", None, {"x"}),
    ],
)
def test_needles_are_read_from_a_pattern(pattern: str, heads: set[str] | None, holds: set[str]) -> None:
    assert needs(pattern).heads == heads
    assert any(needed <= holds for needed in needs(pattern).holds)


def test_every_pair_of_neighbours_is_told_apart() -> None:
    assert not pairs_of("")
    assert pairs_of("招工招𠮷") == [*pairs_of("招工"), *pairs_of("工招"), *pairs_of("招𠮷")]
    assert len({pair for word in ("招工", "工招", "招招", "工工", "a工") for pair in pairs_of(word)}) == 5


def test_listed_words_are_found_the_longest_first_and_not_where_they_are_blotted_out() -> None:
    words = Words({"木工": "carpenter", "木工师傅": "master", "师傅": "title", "瓦工": "bricklayer"})
    text = "招木工师傅和木工,𠮷瓦工"
    assert words.found_in(text, pairs_of(text)) == [(1, 5, "master"), (6, 8, "carpenter"), (10, 12, "bricklayer")]
    assert words.found_in("招■■■■和木工,𠮷瓦工", pairs_of(text)) == [(6, 8, "carpenter"), (10, 12, "bricklayer")]


def test_a_guarded_pattern_matches_what_the_pattern_does() -> None:
    text = "招瓦工3名，300一天，管饭"
    assert [match[0] for match in guarded(r"\d+|管.").finditer(text)] == ["3", "300", "管饭"]


def test_the_longest_word_is_found() -> None:
    assert re.findall(one_of(["市", "市场", "菜市场", "村"]), "菜市场口村市场市") == ["菜市场", "村", "市场", "市"]


def test_a_broken_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="not understood"):
        needs("招)工")
