"""Putting messages into the outbox, and bringing them out by their channels."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.notices.channels import ChannelRefused, Gateway, Message
from linggong.notices.models import Notice

LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12
BATCH = 50


def send(
    topic: str,
    text: str,
    *,
    recipient: str,
    recipient_id: UUID | None,
    division: str,
    channels: tuple[str, ...] = (Notice.Channel.APP, Notice.Channel.SMS),
    about_id: UUID | None = None,
    path: str = "",
    not_before: datetime | None = None,
) -> None:
    """Put a message into the outbox, once for each channel; it leaves after the transaction commits."""
    for channel in channels:
        Notice(
            recipient=recipient,
            recipient_id=recipient_id,
            division=division,
            channel=channel,
            topic=topic,
            about_id=about_id,
            text=str(text),
            path=path,
            not_before=not_before or clock.now(),
        ).save(force_insert=True)


def withdraw(about_id: UUID, *, topic: str) -> None:
    """What waits about this subject is not sent any more."""
    with within(system("notices")):  # whoever settles a matter need not see the messages it has made needless
        waiting = Notice.objects.filter(about_id=about_id, topic=topic, state=Notice.State.WAITING)
        waiting.update(state=Notice.State.CANCELLED)


def mark_read(*, viewer: Viewer) -> None:
    """The recipient has seen what is in their list."""
    whose = Q(recipient_id=viewer.worker_id or viewer.employer_id)
    Notice.objects.filter(whose, channel=Notice.Channel.APP, read_at=None).update(read_at=clock.now())


def deliver(gateway: Gateway, telephone_of: Callable[[Notice], str]) -> int:
    """Bring out one batch of what is due; return how many were handled.

    Each message leaves in its own transaction with its row locked, so several deliverers may run. A message whose
    sending is in doubt is sent again with the same reference, by which the gateway knows it.
    """
    with within(system("notices")):
        due = Notice.objects.filter(state=Notice.State.WAITING, not_before__lte=clock.now()).order_by("not_before")
        ids = list(due.values_list("id", flat=True)[:BATCH])
    for notice_id in ids:
        with within(system("notices")):
            found = Notice.objects.select_for_update(skip_locked=True).filter(id=notice_id, state=Notice.State.WAITING)
            if notice := found.first():
                _bring_out(notice, gateway, telephone_of)
    return len(ids)


def _bring_out(notice: Notice, gateway: Gateway, telephone_of: Callable[[Notice], str]) -> None:
    try:
        if notice.channel == Notice.Channel.SMS and (telephone := telephone_of(notice)):
            gateway.send(Message(reference=str(notice.id), telephone=telephone, text=notice.text))
        notice.state, notice.sent_at, notice.last_error = Notice.State.SENT, clock.now(), ""
    except ChannelRefused as refusal:
        _try_later(notice, refusal)
    notice.save(update_fields=["state", "sent_at", "attempts", "not_before", "last_error"])


def _try_later(notice: Notice, refusal: ChannelRefused) -> None:
    notice.attempts += 1
    notice.last_error = str(refusal)[:200]
    if refusal.for_good or notice.attempts >= MOST_ATTEMPTS:
        notice.state = Notice.State.FAILED
    notice.not_before = clock.now() + min(timedelta(seconds=5 * 2**notice.attempts), LONGEST_WAIT)
