"""What is sealed opens only with its key and for its purpose, and is found by its index."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.sealing import INDEX_KEY, Keyring, SealBroken, generate_key

OLD, NEW, INDEX = (bytes.fromhex(generate_key()) for _ in range(3))
RING = Keyring({"k1": OLD, INDEX_KEY: INDEX}, current="k1")
RENEWED = Keyring({"k1": OLD, "k2": NEW, INDEX_KEY: INDEX}, current="k2")


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert RING.open(RING.seal(text, purpose="name"), purpose="name") == text


def test_the_sealed_value_names_its_key_and_hides_its_text() -> None:
    sealed = RING.seal("13835512345", purpose="telephone")
    assert sealed.startswith("k1:")
    assert b"138355" not in base64.b64decode(sealed[3:])


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert RING.seal("王刚", purpose="name") != RING.seal("王刚", purpose="name")


def test_it_opens_only_for_the_purpose_it_was_sealed_for() -> None:
    sealed = RING.seal("13835512345", purpose="telephone")
    with pytest.raises(SealBroken):
        RING.open(sealed, purpose="name")


@given(st.integers(0, 30), st.integers(1, 255))
def test_the_smallest_change_is_noticed(place: int, change: int) -> None:
    raw = bytearray(base64.b64decode(RING.seal("abc", purpose="name")[3:]))
    raw[place] ^= change
    with pytest.raises(SealBroken):
        RING.open(f"k1:{base64.b64encode(raw).decode()}", purpose="name")


@given(st.text() | st.binary().map(lambda raw: f"k1:{base64.b64encode(raw).decode()}") | st.just(f"{INDEX_KEY}:AAAA"))
def test_anything_else_does_not_open(text: str) -> None:
    with pytest.raises(SealBroken):
        RING.open(text, purpose="name")


def test_after_the_key_is_renewed_old_values_open_and_new_ones_use_the_new_key() -> None:
    assert RENEWED.open(RING.seal("王刚", purpose="name"), purpose="name") == "王刚"
    assert RENEWED.seal("王刚", purpose="name").startswith("k2:")


def test_another_key_under_the_same_name_does_not_open_it() -> None:
    stranger = Keyring({"k1": NEW, INDEX_KEY: INDEX}, current="k1")
    with pytest.raises(SealBroken):
        stranger.open(RING.seal("王刚", purpose="name"), purpose="name")


def test_the_index_is_the_same_whichever_key_is_current() -> None:
    assert RING.blind_index("13835512345", purpose="telephone") == RENEWED.blind_index(
        "13835512345", purpose="telephone"
    )


def test_the_index_tells_texts_purposes_and_installations_apart() -> None:
    elsewhere = Keyring({"k1": OLD, INDEX_KEY: NEW}, current="k1")
    indexes = [
        RING.blind_index("13835512345", purpose="telephone"),
        RING.blind_index("13835512346", purpose="telephone"),
        RING.blind_index("13835512345", purpose="name"),
        elsewhere.blind_index("13835512345", purpose="telephone"),
    ]
    assert len(set(indexes)) == 4
    assert all(len(index) == 64 for index in indexes)


@pytest.mark.parametrize(
    ("keys", "current"),
    [
        ({}, "k1"),
        ({"k1": OLD}, "k1"),
        ({"k1": OLD, INDEX_KEY: INDEX}, "k2"),
        ({"k1": OLD, INDEX_KEY: INDEX}, INDEX_KEY),
        ({"k1": OLD[:16], INDEX_KEY: INDEX}, "k1"),
        ({"k:1": OLD, INDEX_KEY: INDEX}, "k:1"),
    ],
)
def test_a_keyring_with_a_key_missing_or_weak_is_not_made(keys: dict[str, bytes], current: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring(keys, current)
