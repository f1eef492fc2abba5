"""Reading the outbox."""

from datetime import timedelta

from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.notices.models import Notice

CALL_STAYS = timedelta(minutes=10)


def inbox(*, viewer: Viewer, limit: int = 30) -> list[Notice]:
    """The viewer's own messages, the latest first."""
    own = Notice.objects.filter(recipient_id=viewer.worker_id or viewer.employer_id, channel=Notice.Channel.APP)
    return list(own.exclude(state=Notice.State.CANCELLED)[:limit])


def unread(*, viewer: Viewer) -> int:
    own = Notice.objects.filter(recipient_id=viewer.worker_id or viewer.employer_id, channel=Notice.Channel.APP)
    return own.filter(read_at=None).exclude(state=Notice.State.CANCELLED).count()


def desk_notices(*, viewer: Viewer, limit: int = 20) -> list[Notice]:
    """What the desk of the viewer's scope must know, the latest first."""
    return list(Notice.objects.filter(recipient=Notice.Recipient.DESK)[:limit])


def hall_calls(division: str) -> list[Notice]:
    """What the hall of a division calls out now; texts name card numbers, never people."""
    with within(system("hall", division)):
        calls = Notice.objects.filter(
            channel=Notice.Channel.HALL,
            division__startswith=division,
            created_at__gte=clock.now() - CALL_STAYS,
            not_before__lte=clock.now(),
        )
        return list(calls.exclude(state=Notice.State.CANCELLED)[:6])
