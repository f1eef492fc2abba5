"""候补: people who agreed to step in, and calling the next of them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.dispatch import pool
from linggong.dispatch.errors import AlreadyPlaced
from linggong.dispatch.models import Offer, Placement, Standby
from linggong.dispatch.offers import ask
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.matching.eligibility import Reason
from linggong.notices.models import Notice
from linggong.posts.models import Shift
from linggong.workers.models import Worker

ANSWER_MINUTES = 15
MISSING_AFTER = timedelta(minutes=15)


class StillOpen(Refusal):
    """There are places: nobody needs to wait."""

    code = "still_open"


def stand_by(*, shift: Shift, worker: Worker, by: Viewer) -> Standby:
    """The worker agrees to be called if a place comes free. Repeating it changes nothing."""
    if by.worker_id != worker.id:
        require(by, "placement.make")
    with within(by):
        waiting = Standby.objects.filter(shift=shift, worker=worker, state=Standby.State.WAITING).first()
        if waiting is not None:
            return waiting
        shift.refresh_from_db()
        if shift.taken < shift.places:
            raise StillOpen(_("现在还有名额，可以直接报名。"))
        if Reason.OVERLAP in pool.reasons_against(worker, shift):
            raise AlreadyPlaced
        made = Standby(
            shift=shift,
            worker=worker,
            worker_name=worker.name,
            employer_id=shift.job.employer_id,
            division=shift.division,
        )
        made.save(force_insert=True)
        record("standby.agreed", by=by, about=made, division=made.division)
        return made


def call_standby(*, shift: Shift, by: Viewer) -> Offer | None:
    """Offer a free place to who has stood by longest and still can; None where nobody does."""
    with within(system("standby", shift.division)):
        shift.refresh_from_db()
        if shift.ends <= clock.now() or (shift.taken >= shift.places and not is_somebody_missing(shift)):
            return None
        waiting = Standby.objects.filter(shift=shift, state=Standby.State.WAITING)
        for standby in waiting.select_for_update(skip_locked=True).select_related("worker"):
            if not set(pool.reasons_against(standby.worker, shift)) - {Reason.FULL}:
                return _call(standby, shift, by)
            standby.state = Standby.State.RELEASED
            standby.save(update_fields=["state"])
    return None


def is_somebody_missing(shift: Shift) -> bool:
    """Whether more people have not come, some time after the start, than standbys were lent a place."""
    if clock.now() < shift.starts + MISSING_AFTER:
        return False
    with within(system("standby", shift.division)):
        absent = Placement.objects.filter(shift=shift, state=Placement.State.CONFIRMED).exclude(
            offer__origin=Offer.Origin.STANDBY
        )
        return absent.count() > shift.lent


def _call(standby: Standby, shift: Shift, by: Viewer) -> Offer:
    standby.state = Standby.State.CALLED
    standby.save(update_fields=["state"])
    record("standby.called", by=by, about=standby, division=standby.division)
    return ask(
        shift=shift,
        worker=standby.worker,
        by=system("standby", shift.division),
        origin=Offer.Origin.STANDBY,
        minutes=ANSWER_MINUTES,
        channels=(Notice.Channel.APP, Notice.Channel.SMS),
    )
