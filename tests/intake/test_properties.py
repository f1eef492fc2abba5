"""What holds of every text, whatever stands in it."""

import re
from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from linggong.intake import Reading, read
from linggong.intake.shape import Field
from linggong.intake.text import plain
from linggong.lib.clock import SHANGHAI
from tests.intake.examples import SAMPLE, TUNING, Example

POSTED = datetime(2026, 11, 21, 6, 40, tzinfo=SHANGHAI)
MESSAGES = SAMPLE + TUNING
PIECES = [piece for each in MESSAGES for piece in re.split(r"(?<=[，。；、\n])", each.text) if piece]
FULL_WIDTH = {ord(half): ord(half) + 0xFEE0 for half in "0123456789:-~()"}

anything = st.one_of(
    st.text(),
    st.text(alphabet="招聘工人日月天元块一二两三十百千万点半号周0123456789.:-，。、（）~/ \n男女岁证管包吃住不没"),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
messages = st.sampled_from(MESSAGES)


def fields_of(reading: Reading) -> list[tuple[str, Field[object]]]:
    found: list[tuple[str, Field[object]]] = []
    for item in reading.items:
        for name in item.__slots__:
            value = getattr(item, name)
            if isinstance(value, tuple):
                found += [(name, each) for each in value]
            elif value is not None:
                found.append((name, value))
    return found


@given(anything)
@example("")
@example("\x00\ud83d")
@example("0月0日 32号 13月40日 25:99 一天")
def test_nothing_breaks_it(text: str) -> None:
    reading = read(text, POSTED)
    assert reading.kind in {"job", "seeker", "other"}
    assert len(reading.items) == {"other": 0, "seeker": 1}.get(reading.kind, len(reading.items))


@given(anything)
def test_it_reads_the_same_twice(text: str) -> None:
    assert read(text, POSTED) == read(text, POSTED)


@given(anything)
def test_spans_lie_in_the_text(text: str) -> None:
    for _, field in fields_of(read(text, POSTED)):
        assert 0 <= field.sure <= 1
        assert field.spans
        for start, end in field.spans:
            assert 0 <= start < end <= len(text)


@given(anything)
def test_a_span_says_what_its_field_says(text: str) -> None:
    for name, field in fields_of(read(text, POSTED)):
        words = "".join(text[slice(*span)] for span in field.spans)
        if name == "place":
            assert field.value == words
        if name == "certificates":
            assert str(field.value) in plain(words).text
        if name == "phone":
            spoken = plain(words).text.translate(str.maketrans("零一二三四五六七八九幺", "01234567891"))
            assert str(field.value) in re.sub(r"\D", "", spoken)


@given(anything)
def test_work_does_not_begin_before_it_is_posted(text: str) -> None:
    if re.search(r"20\d\d", plain(text).text):
        return
    for name, field in fields_of(read(text, POSTED)):
        if name == "start_date":
            assert field.value >= POSTED.date()  # type: ignore[operator]


@given(anything)
def test_an_item_is_whole(text: str) -> None:
    for item in read(text, POSTED).items:
        if item.pay_min is not None:
            assert item.pay_max is not None and item.pay_unit is not None
            assert 0 < item.pay_min.value <= item.pay_max.value
        if item.age_min is not None and item.age_max is not None and item.age_min.spans == item.age_max.spans:
            assert item.age_min.value <= item.age_max.value
        for clock in (item.start_time, item.end_time):
            assert clock is None or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", clock.value)


@given(messages)
def test_full_width_figures_change_nothing(message: Example) -> None:
    wide = read(message.text.translate(FULL_WIDTH), message.posted_at).as_schema()
    for found, known in zip(wide["items"], message.reading()["items"], strict=True):
        assert plain(found.pop("place") or "").text == plain(known.pop("place") or "").text
        assert found == known


@given(messages, st.data(), st.sampled_from("👏💪🔥✅🌟😊"))
def test_emoji_after_a_comma_change_nothing(message: Example, data: st.DataObject, emoji: str) -> None:
    commas = [at + 1 for at, char in enumerate(message.text) if char in "，。；、！"]
    if not commas:
        return
    at = data.draw(st.sampled_from(commas))
    decorated = message.text[:at] + emoji + message.text[at:]
    assert read(decorated, message.posted_at).as_schema() == message.reading()


@given(messages)
def test_emoji_around_the_message_change_nothing(message: Example) -> None:
    assert read("🔥🔥 " + message.text + "💪", message.posted_at).as_schema() == message.reading()


@given(messages, st.data())
def test_a_line_break_after_a_full_stop_changes_nothing(message: Example, data: st.DataObject) -> None:
    stops = [at + 1 for at, char in enumerate(message.text) if char in "。；"]
    if stops:
        at = data.draw(st.sampled_from(stops))
        broken = message.text[:at] + "\n" + message.text[at:]
        assert read(broken, message.posted_at).as_schema() == message.reading()


@given(messages, st.integers(min_value=0, max_value=400))
def test_dates_follow_the_day_of_posting(message: Example, days: int) -> None:
    later = message.posted_at + timedelta(days=days)
    if re.search(r"20\d\d", plain(message.text).text):
        return
    for item in read(message.text, later).items:
        assert item.start_date is None or item.start_date.value >= later.date()
