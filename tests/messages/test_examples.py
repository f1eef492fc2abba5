"""What clerks correct is kept for the reader, and nobody is in it."""

import json
import re
import unicodedata
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linggong.commands import intake
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.intake import read
from linggong.lib import clock
from linggong.messages import examples, operations
from linggong.messages.anonymous import Veil
from linggong.messages.models import Example, Message
from tests import cast
from tests.intake.examples import SAMPLE, TUNING
from tests.messages.desk import CLEAN, draft_of, drafts, paste, publish

WRITTEN = {
    "13812345678": (
        "13812345678", "138 1234 5678", "138-1234-5678", "１３８１２３４５６７８", "一三八一二三四五六七八",
        "幺三八 幺二三四 五六七八", "+8613812345678", "138.1234.5678", "1 3 8 1 2 3 4 5 6 7 8", "①③⑧1234⑤⑥⑦⑧",
        "❶ ❸❽ ❶❷❸❹ ❺❻❼❽", "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "❶❸❽❶❷❸❹❺❻❼❽", "１３８－１２３４－５６７８",
    ),
    "03552012345": ("0355-2012345", "（0355）2012345", "0355 2012345", "０３５５－２０１２３４５"),
    "140411197005010018": ("140411197005010018", "14041119700501001X"),
    "8812345": ("8812345",),
}  # fmt: skip


def digits_of(text: str) -> str:
    """Every figure of a text, in whatever writing, one after the other."""
    ways = ("0123456789", "０１２３４５６７８９", "零一二三四五六七八九")
    plain = {char: str(n) for way in ways for n, char in enumerate(way)} | {"幺": "1", "〇": "0"}
    return "".join(plain.get(char, str(unicodedata.digit(char, ""))) for char in text)


@pytest.mark.parametrize(("number", "written"), [(number, way) for number, ways in WRITTEN.items() for way in ways])
def test_no_number_survives_however_it_is_written(number: str, written: str) -> None:
    veiled = Veil("x").over(f"招瓦工3名，一天300-350，联系{written}，急")
    assert number[:17] not in digits_of(veiled)
    assert veiled.startswith("招瓦工3名，一天300-350，联系") and veiled.endswith("，急")
    assert len(veiled) == len(f"招瓦工3名，一天300-350，联系{written}，急")


def test_a_replaced_mobile_still_reads_as_one() -> None:
    veil = Veil("x")
    veiled = veil.over(CLEAN)
    [item] = read(veiled, clock.now()).items
    assert [each.value for each in item.phone] == [veil.digits("13812345678")]
    assert item.as_schema() | {"phone": []} == read(CLEAN, clock.now()).items[0].as_schema() | {"phone": []}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("招瓦工3名，联系人张建国13812345678", "张建国"),
        ("找王队长13812345678", "王"),
        ("李师傅，明天来", "李"),
        ("我叫赵小梅，想找保洁", "赵小梅"),
        ("老田 13812345678", "田"),
        ("微信zq88996联系", "zq88996"),
    ],
)
def test_no_name_survives(text: str, name: str) -> None:
    assert name not in Veil("x").over(text)


@pytest.mark.parametrize("trade", ["安装师傅", "高空作业", "瓦工", "白班保洁", "金属工"])
def test_a_trade_is_nobodys_name(trade: str) -> None:
    assert trade in Veil("x").over(f"招{trade}3名")


def test_the_sender_is_replaced_where_the_text_names_them() -> None:
    assert "郝运来" not in Veil("x").over("找保洁，问郝运来就行", ("郝运来",))


@settings(max_examples=200, deadline=None)
@given(
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    before=st.text(st.characters(codec="utf-8", exclude_characters="0123456789"), max_size=20),
    apart=st.sampled_from(["", " ", "-", "  ", "—"]),
)
def test_no_mobile_survives_in_any_text(number: str, before: str, apart: str) -> None:
    text = f"{before}电话{apart.join((number[:3], number[3:7], number[7:]))}。"
    assert number not in digits_of(Veil("x").over(text))


def test_no_telephone_of_our_own_messages_survives() -> None:
    survived = []
    for message in (*SAMPLE, *TUNING):
        reading = read(message.text, message.posted_at)
        told = tuple(each.value for item in reading.items for each in item.phone)
        veiled = digits_of(Veil(message.id).over(message.text, (), told))
        survived += [(message.id, number) for number in told if number in veiled]
    assert not survived


def test_a_corrected_field_is_kept_with_the_words_of_nobody() -> None:
    draft = draft_of("2026-11-21 06:40 赵大强\n" + CLEAN + "，找王队长")
    publish(draft, shifts=(cast.tomorrow(time(7), time(18), places=8),))
    with within(cast.clerk()):
        kept = Example.objects.get()
    assert kept.corrected[0] == "headcount" and kept.gold["items"][0]["headcount"] == 8
    assert "13812345678" not in kept.text and "王队长" not in kept.text
    assert kept.gold["items"][0]["phone"] == [re.findall("1[0-9]{10}", kept.text)[0]]


def test_what_is_published_as_read_teaches_nothing() -> None:
    publish(draft_of(CLEAN.replace("明天", clock.local(cast.tomorrow().starts).strftime("%-m月%-d日"))))
    with within(cast.clerk()):
        assert not Example.objects.exists()


def test_what_the_clerk_knows_from_elsewhere_is_no_error_of_the_reader() -> None:
    publish(draft_of("招瓦工3名，一天300，马厂镇龙湾花园，电话13812345678"))
    with within(cast.clerk()):
        assert not Example.objects.exists()


def test_a_job_where_the_reader_saw_none_is_an_example_of_its_kind() -> None:
    operations.receive(words=operations.of_text("今天天气真好"), by=cast.clerk(), way="paste")
    operations.read_waiting()
    with within(cast.clerk()):
        draft = operations.take_as_job(message=Message.objects.get(), by=cast.clerk())
        publish(draft)
        kept = Example.objects.get()
    assert (kept.gold["kind"], len(kept.gold["items"]), "kind" in kept.corrected) == ("job", 1, True)


def test_two_jobs_of_one_message_teach_one_example() -> None:
    words = "1、瓦工3名，一天300\n2、木工2名，一天320\n明天早7点到晚6点，马厂镇龙湾花园，电话13812345678"
    paste(words)
    first, second = drafts()
    publish(first, shifts=(cast.tomorrow(time(7), time(18), places=4),))
    publish(
        second, trade="carpenter", title="木工", pay_fen=32000, shifts=(cast.tomorrow(time(7), time(18), places=5),)
    )
    with within(cast.clerk()):
        kept = Example.objects.get()
    assert [item["headcount"] for item in kept.gold["items"]] == [4, 5]


def test_they_are_written_in_the_form_of_the_evaluation_set() -> None:
    publish(draft_of(CLEAN), shifts=(cast.tomorrow(time(7), time(18), places=8),))
    [line] = examples.lines(system("test"))
    assert set(line) == {"id", "part", "posted_at", "text", "gold", "corrected"}
    assert set(line["gold"]["items"][0]) == set(read(CLEAN, clock.now()).as_schema()["items"][0])
    assert "13812345678" not in json.dumps(line)


def test_reading_on_the_command_line_needs_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert intake.main(["read", "/dev/null"]) == 0
    assert capsys.readouterr().out == ""
