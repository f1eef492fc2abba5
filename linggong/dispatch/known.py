"""People whom an employer knows from work: calling them, asking for them by name, not wanting them again."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed
from linggong.audit.operations import record
from linggong.dispatch.models import Block, Offer, Placement
from linggong.dispatch.offers import ask, block
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.posts import operations as posts
from linggong.posts.models import Shift
from linggong.workers.models import Worker

LIVE = (Placement.State.CONFIRMED, Placement.State.ARRIVED)
WORKED = (Placement.State.ARRIVED, Placement.State.FINISHED)
LONGEST_LIST = 200


class NotLive(Refusal):
    """The placement is over or cancelled."""

    code = "not_live"


def reveal_worker_telephone(*, placement: Placement, by: Viewer) -> str:
    """The number of somebody who is to come, or of whom to ask for them; that it was shown is recorded.

    Empty where there is none. Raises NotLive, NotAllowed.
    """
    posts.require_side(by, placement.shift.job)
    if placement.state not in LIVE:
        raise NotLive(_("这次上工已经结束了，不能再看电话。有事请找市场窗口。"))
    with within(by):
        record("placement.telephone_shown", by=by, about=placement, division=placement.division)
        worker = _worker(placement.worker_id)
        return worker.telephone.open() or worker.contact_telephone.open()


def worked_before(*, shift: Shift, by: Viewer) -> list[Placement]:
    """The latest work of each person who has worked for the employer of the shift and is not asked for it already."""
    posts.require_side(by, shift.job)
    asked = Offer.objects.filter(shift=shift, state__in=["waiting", "applied", "accepted"]).values("worker_id")
    blocked = Block.objects.filter(employer_id=shift.job.employer_id).values("worker_id")
    done = Placement.objects.filter(employer_id=shift.job.employer_id, state__in=WORKED, starts__lt=clock.now())
    fresh = done.exclude(worker_id__in=asked).exclude(worker_id__in=blocked).select_related("shift__job")
    latest: dict[UUID, Placement] = {}
    for held in fresh.order_by("-starts")[:LONGEST_LIST]:
        latest.setdefault(held.worker_id, held)
    return list(latest.values())


def ask_by_name(*, shift: Shift, worker_id: UUID, by: Viewer) -> Offer:
    """A named request (点名), marked as such. Raises NotAllowed for somebody who never worked here, and as `ask`."""
    posts.require_side(by, shift.job)
    with within(by):
        known = Placement.objects.filter(employer_id=shift.job.employer_id, worker_id=worker_id, state__in=WORKED)
        if not known.exists():
            raise NotAllowed(_("只能点名在您这儿干过活的人。"))
        return ask(shift=shift, worker=_worker(worker_id), by=by, origin=Offer.Origin.NAMED)


def block_worker(*, placement: Placement, by: Viewer, reason: str = "") -> Block:
    """The employer does not want this person again. Raises NotAllowed."""
    posts.require_side(by, placement.shift.job)
    with within(by):
        employer = Employer.objects.get(pk=placement.employer_id)
        return block(worker=_worker(placement.worker_id), employer=employer, by=by, wished_by="employer", reason=reason)


def _worker(worker_id: UUID) -> Worker:
    """The record that an employer does not reach, for an act that has been checked."""
    with within(system("known from work")):
        return Worker.objects.get(pk=worker_id)
