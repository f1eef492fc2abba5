"""What comes in is kept once, by whatever way, and read in its own time."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linggong.accounts.permissions import NotAllowed
from linggong.foundation.scope import within
from linggong.foundation.viewer import EVERYWHERE, Viewer, system
from linggong.lib import clock
from linggong.lib.signing import signature
from linggong.messages import operations, queries
from linggong.messages.errors import CallRefused, NothingReceived
from linggong.messages.models import Delivery, Draft, Message
from linggong.messages.receiving import KEPT, LONGEST, Words
from linggong.messages.sources import signed_by
from linggong.workers.sheets import SheetRefused
from tests import cast
from tests.consistency.rows import all_rows
from tests.messages.desk import CLEAN, drafts, opened, paste

CHAT = """2026-11-21 06:40 老赵
招瓦工3名，一天300，明天早7点到晚6点，马厂镇龙湾花园，电话13812345678
2026-11-21 06:42 群主
早上好
2026-11-21 06:45 李姐
本人女，46岁，会做保洁，想找活，电话13912345678
"""


def test_a_chat_becomes_drafts_of_jobs_and_registrations_and_the_rest_waits_aside() -> None:
    paste(CHAT)
    kinds = {draft.message.kind for draft in drafts()}
    with within(cast.clerk()):
        counts = queries.counts(viewer=cast.clerk())
    assert kinds == {"job", "seeker"}
    assert (counts.states["new"], counts.others, counts.waiting) == (2, 1, 0)


def test_the_same_export_again_changes_nothing() -> None:
    paste(CHAT)
    before = all_rows()
    assert paste(CHAT).known == 3
    assert all_rows() == before


def test_an_export_that_goes_further_brings_only_what_is_new() -> None:
    paste(CHAT)
    received = paste(CHAT + "2026-11-21 07:01 老赵\n招保洁2名，一天150，英雄台，电话13712345678\n")
    assert (len(received.messages), received.known) == (4, 3)
    with within(cast.clerk()):
        assert list(Delivery.objects.order_by("created_at").values_list("count", flat=True)) == [3, 1]


def test_a_message_without_a_time_is_the_same_all_day_and_another_the_next_day() -> None:
    paste(CLEAN)
    assert paste(CLEAN).known == 1
    with clock.at(clock.now() + timedelta(days=1)):
        assert paste(CLEAN).known == 0


def test_words_senders_and_telephones_lie_sealed() -> None:
    paste(CHAT)
    with within(cast.clerk()), connection.cursor() as cursor:
        rows = ""
        for table in ("received_message", "received_draft", "received_delivery", "audit_entry"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            rows += cursor.fetchone()[0]
    assert "瓦工" in rows
    assert not [words for words in ("13812345678", "13912345678", "老赵", "李姐", "本人女") if words in rows]


def test_what_was_kept_is_read_later_in_batches() -> None:
    by = cast.clerk()
    with within(by):
        words = [Words(f"招保洁{n + 1}名，一天150，英雄台{n}号，电话13700000{n:03d}") for n in range(7)]
        operations.receive(words=words, by=by, way="api")
        assert queries.counts(viewer=by).waiting == 7
    assert [operations.read_waiting(3), operations.read_waiting(3), operations.read_waiting(3)] == [3, 3, 1]
    assert len(drafts()) == 7


def test_a_table_has_one_message_a_row() -> None:
    table = "时间,来电人,内容\n2026-11-21 08:00,老王,招保洁2名 一天150 电话13712345678\n,,招瓦工一名\n".encode()
    first, second = operations.of_file("来电.csv", table)
    assert (first.sender, clock.local(first.sent_at).hour, second.sent_at) == ("老王", 8, None)  # type: ignore[arg-type]
    assert first.text.startswith("招保洁") and second.text == "招瓦工一名"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_is_read_as_it_was_saved(encoding: str) -> None:
    assert len(operations.of_file("群.txt", CHAT.encode(encoding))) == 3


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(SheetRefused):
        operations.of_file("a.txt", b"\xff\xfe\xfa\x80\x81\x00\n\xff,\xff")


@pytest.mark.parametrize("text", ["", "  \n ", "[图片]"])
def test_nothing_is_not_received(text: str) -> None:
    with pytest.raises(NothingReceived):
        paste(text)


def test_who_has_no_county_cannot_say_where_the_work_is() -> None:
    with pytest.raises(NothingReceived):
        paste(CLEAN, Viewer(role="administrator", division=EVERYWHERE))


@pytest.mark.parametrize("role", ["worker", "employer", "agency", "auditor", "bureau_officer", "trainer"])
def test_only_clerks_receive(role: str) -> None:
    with pytest.raises(NotAllowed):
        paste(CLEAN, Viewer(role=role, division=cast.COUNTY))


def test_another_county_sees_none_of_it_and_a_town_only_its_own() -> None:
    paste(CLEAN)
    paste("招保洁2名，一天150，电话13712345678", cast.town_clerk())
    assert len(drafts()) == 2
    assert len(drafts(cast.town_clerk())) == 1
    assert drafts(cast.neighbour_clerk()) == []


def test_a_signed_call_is_taken_once() -> None:
    source, secret = operations.add_source(name="马厂镇零工群", code=cast.COUNTY, by=system("test"))
    stamp, body = str(int(clock.now().timestamp())), b"{}"
    signed = signature(secret, stamp, body)
    assert signed_by(source.pk, stamp, signed, body) == source
    operations.receive_signed(words=[Words(CLEAN)], source=source, signed=signed)
    with pytest.raises(CallRefused):
        operations.receive_signed(words=[Words(CLEAN + "，急")], source=source, signed=signed)
    with within(cast.clerk()):
        assert Message.objects.get().delivery.label == "马厂镇零工群"


def test_a_wrong_secret_another_body_an_old_call_and_a_stopped_source_are_nobody() -> None:
    source, secret = operations.add_source(name="群", code=cast.COUNTY, by=system("test"))
    now = int(clock.now().timestamp())
    right = signature(secret, str(now), b"{}")
    old = signature(secret, str(now - 400), b"{}")
    assert signed_by(source.pk, str(now), signature("guess", str(now), b"{}"), b"{}") is None
    assert signed_by(source.pk, str(now), right, b"{ }") is None
    assert signed_by(source.pk, str(now - 400), old, b"{}") is None
    assert signed_by(source.pk, "later", right, b"{}") is None
    operations.revoke_source(source=source, by=system("test"))
    assert signed_by(source.pk, str(now), right, b"{}") is None


def test_words_are_wiped_after_ninety_days() -> None:
    with clock.at(clock.now() - KEPT - timedelta(days=1)):
        paste(CHAT)
    paste(CLEAN)
    assert operations.forget_old() == 3
    assert operations.forget_old() == 0
    with within(cast.clerk()):
        old = [draft for draft in drafts() if draft.message.forgotten_at]
        assert {draft.state for draft in old} == {Draft.State.DROPPED}
        assert {opened(draft).text for draft in old} == {""}
        assert Draft.objects.filter(state="new").count() == 1


def test_nothing_of_a_long_notice_is_lost() -> None:
    lines = [f"招保洁{n + 1}名，一天150，英雄台{n}号，电话13712345678" for n in range(400)]
    words = operations.of_text("\n".join(lines))
    assert len(words) > 3 and max(len(each.text) for each in words) <= LONGEST
    assert [line for each in words for line in each.text.splitlines()] == lines


@given(st.text(max_size=300), st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_is_kept_and_read(text: str, sender: str) -> None:
    by = cast.clerk()
    if text.encode(errors="ignore").decode().replace("\0", "").strip():
        with within(by):
            operations.receive(words=[Words(text, None, sender)], by=by, way="api")
        operations.read_all_waiting()
    assert drafts() is not None


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31 23:59", "明天", "2026-02-30"])
def test_a_time_that_is_none_is_left_out(moment: str) -> None:
    [words] = operations.of_file("a.csv", f"时间,内容\n{moment},招保洁2名\n".encode())
    assert words.sent_at is None
