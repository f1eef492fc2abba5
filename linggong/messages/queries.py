"""Reading what was received: lists, counts, and which draft comes next. What lies in the scope of the transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.foundation.viewer import Viewer
from linggong.messages.errors import MessageNotFound
from linggong.messages.models import Delivery, Draft, Message, Source


@dataclass(frozen=True)
class Counts:
    """Messages that still wait to be read, drafts by their state, and messages that are neither job nor seeker."""

    waiting: int
    states: dict[str, int]
    others: int


def counts(*, viewer: Viewer) -> Counts:
    by_state = dict(Draft.objects.values_list("state").annotate(Count("id")).order_by())
    states = {state: by_state.get(state, 0) for state in Draft.State.values}
    return Counts(Message.objects.filter(kind="").count(), states, _others().count())


def drafts(state: str, *, viewer: Viewer, limit: int = 500) -> list[Draft]:
    """What is to be done, the oldest first; what is settled, the latest first."""
    rows = Draft.objects.filter(state=state).select_related("message__delivery", "job")
    order = ("sent_at", "message", "number") if state == Draft.State.NEW else ("-handled_at", "-sent_at", "number")
    return list(rows.order_by(*order)[:limit])


def others(*, viewer: Viewer, limit: int = 100) -> list[Message]:
    """Messages in which no job was seen, the latest first."""
    return list(_others().order_by("-sent_at")[:limit])


def next_draft(*, viewer: Viewer, after: Draft | None = None) -> Draft | None:
    """The oldest draft that waits; with `after`, the one that follows it, round to the beginning."""
    waiting = Draft.objects.filter(state=Draft.State.NEW).order_by("sent_at", "message", "number")
    if after is not None:
        ids = list(waiting.values_list("pk", "sent_at", "message_id", "number"))
        here = (after.sent_at, after.message_id, after.number)
        later = [pk for pk, *place in ids if tuple(place) > here]
        rest = [pk for pk, *_place in ids if pk != after.pk]
        chosen = next(iter(later or rest), None)
        return Draft.objects.filter(pk=chosen).first() if chosen else None
    return waiting.first()


def draft(draft_id: UUID, *, viewer: Viewer) -> Draft:
    """One draft with its message. Raises MessageNotFound."""
    found = Draft.objects.select_related("message__delivery", "job").filter(pk=draft_id).first()
    if found is None:
        raise MessageNotFound(_("没有找到这条消息。"))
    return found


def message(message_id: UUID, *, viewer: Viewer) -> Message:
    """One message. Raises MessageNotFound."""
    found = Message.objects.filter(pk=message_id).first()
    if found is None:
        raise MessageNotFound(_("没有找到这条消息。"))
    return found


def source(source_id: UUID, *, viewer: Viewer) -> Source:
    """One source. Raises MessageNotFound."""
    found = Source.objects.filter(pk=source_id).first()
    if found is None:
        raise MessageNotFound(_("没有这个来源，或者已经停用。"))
    return found


def sources(*, viewer: Viewer) -> list[Source]:
    return list(Source.objects.order_by("revoked_at", "created_at"))


def deliveries(*, viewer: Viewer, limit: int = 8) -> list[Delivery]:
    """What came in last."""
    return list(Delivery.objects.order_by("-created_at")[:limit])


def _others() -> QuerySet[Message]:
    return Message.objects.filter(kind=Message.Kind.OTHER, drafts=None, forgotten_at=None)
