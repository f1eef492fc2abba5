"""The reading against labelled messages: the published sample, our own, and a part kept aside while tuning."""

import json

import pytest

from tests.intake.examples import ASIDE, SAMPLE, TUNING, Example, score


@pytest.mark.parametrize("example", SAMPLE, ids=[each.id for each in SAMPLE])
def test_the_kind_of_every_sample_is_right(example: Example) -> None:
    assert example.reading()["kind"] == example.gold["kind"]


def test_the_sample_is_read() -> None:
    assert score(SAMPLE).micro >= 0.97


def test_our_own_messages_are_read() -> None:
    found = score(TUNING)
    assert found.micro >= 0.97
    assert found.kinds >= 0.99


def test_messages_kept_aside_are_read() -> None:
    found = score(ASIDE)
    print(f"kept aside: micro F1 {found.micro:.4f}, kind right {found.kinds:.3f} of {len(ASIDE)}")
    assert found.micro >= 0.885
    assert found.kinds >= 0.9


@pytest.mark.parametrize("flag", sorted(score(TUNING).flags))
def test_every_flag_is_found_and_trusted(flag: str) -> None:
    precision, recall = score(TUNING).flags[flag]
    assert precision >= 0.9
    assert recall >= 0.9


def test_there_are_enough_messages_and_no_two_are_alike() -> None:
    texts = [each.text for each in TUNING + ASIDE]
    assert len(texts) >= 1200
    assert len(set(texts)) == len(texts)


def test_a_reading_is_json() -> None:
    for example in SAMPLE:
        assert json.loads(json.dumps(example.reading())) == example.reading()
