"""Messages from programs: with a key, or signed by a group assistant; repeats and replays change nothing."""

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client

from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.lib.signing import signature
from linggong.messages import operations
from linggong.messages.models import Delivery, Draft, Message, Source
from tests import cast
from tests.api.conftest import Program, clerk_program, program_for
from tests.consistency.rows import all_rows

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

CLEAN = "招瓦工3名，一天300，明天早7点到晚6点，马厂镇龙湾花园，电话13812345678"
BODY = {"messages": [{"text": CLEAN, "sender": "老赵"}, {"text": "今天天气真好"}], "label": "马厂镇零工群"}


@pytest.fixture
def assistant(county: None) -> tuple[Source, str]:
    """A group assistant of the county and its secret."""
    return operations.add_source(name="群助手", code=cast.COUNTY, by=system("test"))


def call(
    assistant: tuple[Source, str], body: Any = BODY, *, at: int = 0, key: str = "", also: bytes = b""
) -> "Response":
    """A call signed as the assistant signs it, `at` seconds from now; `also` is added after signing."""
    source, secret = assistant
    content, stamp = json.dumps(body).encode(), str(int(clock.now().timestamp()) + at)
    headers = {"X-Timestamp": stamp, "X-Signature": signature(key or secret, stamp, content)}
    path = f"/api/v1/sources/{source.pk}/messages"
    return Client().post(path, content + also, content_type="application/json", headers=headers)


def counts() -> tuple[int, int, int]:
    with within(cast.clerk()):
        return Delivery.objects.count(), Message.objects.count(), Draft.objects.count()


def test_a_program_gets_the_reading_with_telephones_masked(desk: Program) -> None:
    answer = desk.did("messages", BODY)
    first, second = (each["reading"] for each in answer["messages"])
    assert first["kind"] == "job" and second["kind"] == "other"
    [item] = first["items"]
    assert (item["trade"], item["headcount"], item["phone"]) == ("bricklayer", 3, ["138****5678"])
    assert counts() == (1, 2, 1)


def test_the_same_messages_again_are_known_and_change_nothing(desk: Program) -> None:
    first = desk.did("messages", BODY)
    before = all_rows()
    again = desk.did("messages", BODY)
    assert (first["known"], again["known"]) == (0, 2)
    assert [each["id"] for each in again["messages"]] == [each["id"] for each in first["messages"]]
    assert all_rows() == before


def test_the_same_call_gets_the_same_answer(desk: Program) -> None:
    answers = [desk.send("messages", BODY, once="morning").json() for _ in range(2)]
    assert answers[0] == answers[1]
    refused = desk.send("messages", {**BODY, "label": "another"}, once="morning")
    assert (refused.status_code, refused.json()["code"]) == (409, "request_key_reused")


@pytest.mark.parametrize("body", [{}, {"messages": []}, {"messages": [{"text": ""}]}, {"messages": [{"text": "\0"}]}])
def test_what_has_not_the_form_is_refused(desk: Program, body: dict[str, Any]) -> None:
    assert desk.send("messages", body).status_code == 422


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:00Z", "0001-01-01T00:00:00Z", "2026-11-21T07:00:00"])
def test_a_moment_that_cannot_be_is_refused(desk: Program, moment: str) -> None:
    assert desk.send("messages", {"messages": [{"text": CLEAN, "sent_at": moment}]}).status_code == 422


def test_half_a_character_does_no_harm(desk: Program) -> None:
    body = b'{"messages": [{"text": "\\ud800\xe6\x8b\x9b\xe4\xbf\x9d\xe6\xb4\x812\xe5\x90\x8d"}]}'
    headers = {"authorization": f"Bearer {desk.key}"}
    answer = desk.client.post("/api/v1/messages", body, content_type="application/json", headers=headers)
    assert answer.status_code in (200, 422)


def test_blanks_are_no_message(desk: Program) -> None:
    refused = desk.send("messages", {"messages": [{"text": "   "}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_received")


def test_only_clerks_keys_bring_messages(county: None) -> None:
    programs = [program_for(cast.worker()), program_for(cast.employer()), clerk_program(role="auditor")]
    assert [each.send("messages", BODY).status_code for each in programs] == [403, 403, 403]
    assert counts() == (0, 0, 0)


def test_a_signed_call_lands_at_the_desk_with_its_source(assistant: tuple[Source, str]) -> None:
    answer = call(assistant)
    assert (answer.status_code, answer.json()) == (200, {"received": 2, "known": 0})
    operations.read_all_waiting()
    with within(cast.clerk()):
        delivery = Draft.objects.get().message.delivery
        assert (delivery.way, delivery.label, delivery.source) == ("hook", "群助手 马厂镇零工群", assistant[0])
    with within(cast.neighbour_clerk()):
        assert not Message.objects.exists()


def test_a_replayed_call_is_refused_and_one_sent_anew_changes_nothing(assistant: tuple[Source, str]) -> None:
    now = clock.now()
    with clock.at(now):
        assert call(assistant).status_code == 200
        replayed = call(assistant)
    assert (replayed.status_code, replayed.json()["code"]) == (409, "call_replayed")
    assert call(assistant, at=5).json() == {"received": 0, "known": 2}
    assert counts()[1] == 2


@pytest.mark.parametrize(
    "wrong", [{"key": "guess"}, {"also": b" "}, {"at": -301}, {"at": 301}], ids=["secret", "body", "old", "early"]
)
def test_a_call_that_is_not_signed_right_is_nobodys(assistant: tuple[Source, str], wrong: dict[str, Any]) -> None:
    assert call(assistant, **wrong).status_code == 401
    assert counts() == (0, 0, 0)


def test_a_source_that_is_stopped_or_unknown_is_nobody(assistant: tuple[Source, str]) -> None:
    source, secret = assistant
    assert call((Source(pk=uuid4()), secret)).status_code == 401
    assert Client().post("/api/v1/sources/nobody/messages", BODY, content_type="application/json").status_code == 401
    operations.revoke_source(source=source, by=system("test"))
    assert call(assistant).status_code == 401
    assert (
        Client().post(f"/api/v1/sources/{source.pk}/messages", BODY, content_type="application/json").status_code == 401
    )
