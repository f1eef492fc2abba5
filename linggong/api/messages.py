"""Messages from other programs: with an API key, or signed by a group assistant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import APIKeyHeader
from pydantic import AwareDatetime, Field

from linggong.api.acting import answer
from linggong.api.schemas import Given, Problem
from linggong.foundation.viewer import Viewer
from linggong.messages import operations
from linggong.messages.models import Delivery, Source
from linggong.messages.reading import masked_reading
from linggong.messages.receiving import Words
from linggong.messages.sources import signed_by

keyed = Router(tags=["messages"])
signed = Router(tags=["messages"])
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 2100))
REFUSED = frozenset({403, 404, 409})


class MessageIn(Given):
    """One message as it was sent; without `sent_at` it was sent when it comes in."""

    text: str = Field(min_length=1, max_length=5000)
    sent_at: AwareDatetime | None = Field(None, ge=EARLIEST, lt=LATEST)
    sender: str = Field("", max_length=80)


class MessagesIn(Given):
    """`label` says where they come from: the group's name, a notice board."""

    messages: list[MessageIn] = Field(min_length=1, max_length=500)
    label: str = Field("", max_length=80)


class MessageOut(Schema):
    """`reading` has the form described in docs/intake.md, its telephones masked."""

    id: UUID
    reading: dict[str, Any]


class MessagesOut(Schema):
    """`known` of the messages were there before, and were left as they are."""

    known: int
    messages: list[MessageOut]


class TakenOut(Schema):
    received: int
    known: int


@dataclass(frozen=True)
class _Read:
    known: int
    messages: list[dict[str, Any]]


class Signature(APIKeyHeader):
    """X-Signature over X-Timestamp and the body, as the SMS gateway's calls are signed; whose it is, is in the path."""

    param_name = "X-Signature"

    def authenticate(self, request: HttpRequest, key: str | None) -> Source | None:
        match = request.resolver_match
        try:
            source_id = UUID(str(match.kwargs["source_id"])) if match else None
        except ValueError:
            return None
        stamp = request.headers.get("X-Timestamp", "")
        return signed_by(source_id, stamp, key, request.body) if source_id and key else None


@keyed.post("/messages", response={200: MessagesOut, REFUSED: Problem})
def receive_messages(request: HttpRequest, body: MessagesIn) -> Any:
    """Keep messages for the desk, and say what the reader sees in each. A message that is known stays as it is."""
    return answer(request, MessagesOut, lambda by: _receive(body, by), body)


@signed.post("/sources/{source_id}/messages", response={200: TakenOut, REFUSED: Problem}, auth=Signature())
def hook_messages(request: HttpRequest, source_id: UUID, body: MessagesIn) -> Any:
    """Keep messages from a group assistant. The signature is taken once: send again with a new time of sending."""
    signature = request.headers["X-Signature"]
    source: Source = request.auth  # type: ignore[attr-defined]
    received = operations.receive_signed(words=_words(body), source=source, signed=signature, label=body.label)
    return {"received": len(received.messages) - received.known, "known": received.known}


def _receive(body: MessagesIn, by: Viewer) -> _Read:
    received = operations.receive(words=_words(body), by=by, way=Delivery.Way.API, label=body.label)
    operations.read_waiting()
    return _Read(received.known, [{"id": each.pk, "reading": masked_reading(each)} for each in received.messages])


def _words(body: MessagesIn) -> list[Words]:
    return [Words(each.text, each.sent_at, each.sender) for each in body.messages]
