"""What the tests of messages share: a clerk's desk at which messages arrive."""

from datetime import time
from typing import Any

from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.messages import operations
from linggong.messages.models import Draft
from linggong.messages.opening import Opened
from linggong.messages.receiving import Received
from linggong.posts.models import Job
from linggong.posts.records import NewJob, NewShift
from tests import cast

CLEAN = "招瓦工3名，一天300，明天早7点到晚6点，马厂镇龙湾花园，电话13812345678"
CLOCK = (time(7), time(18))


def paste(text: str, by: Viewer | None = None) -> Received:
    """Somebody pastes it, and it is read."""
    by = by or cast.clerk()
    with within(by):
        received = operations.receive(words=operations.of_text(text), by=by, way="paste")
    operations.read_all_waiting()
    return received


def drafts(by: Viewer | None = None) -> list[Draft]:
    """What this clerk sees, in the order in which it came."""
    with within(by or cast.clerk()):
        return list(Draft.objects.select_related("message", "job").order_by("created_at", "number"))


def draft_of(text: str) -> Draft:
    """The one draft of a pasted message."""
    received = paste(text)
    with within(cast.clerk()):
        return Draft.objects.select_related("message").get(message=received.messages[0])


def opened(draft: Draft, by: Viewer | None = None) -> Opened:
    return operations.open_draft(draft_id=draft.pk, by=by or cast.clerk())


def as_read(draft: Draft, employer: Employer, **fields: Any) -> NewJob:
    """The post that a clerk makes of a bricklayer's message without correcting anything."""
    shift = cast.tomorrow(*CLOCK, places=3)
    known = {"trade": "bricklayer", "title": "瓦工", "pay_fen": 30000, "place_name": "马厂镇龙湾花园"}
    return cast.new_job(employer, *fields.pop("shifts", (shift,)), **(known | fields))


def publish(draft: Draft, employer: Employer | None = None, reason: str = "", **fields: Any) -> Job:
    new = as_read(draft, employer or cast.employer(), **fields)
    return operations.publish(draft=draft, new=new, by=cast.clerk(), reason=reason)


def places(count: int) -> tuple[NewShift, ...]:
    """Tomorrow's shift for another number of people."""
    return (cast.tomorrow(*CLOCK, places=count),)
