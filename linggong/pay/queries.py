"""Reading wages: what is owed to whom, and since when."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.pay.models import Payment, Wage

Seen = tuple[datetime, UUID] | None
"""(created_at, id) of the last row seen, to go on from there."""


class WageNotFound(Refusal):
    """There is no such wage or payment, or not for this viewer."""

    code = "wage_not_found"


def wage(wage_id: UUID, *, viewer: Viewer) -> Wage:
    """One wage with its payments, shift and job. Raises WageNotFound."""
    found = _wages().prefetch_related("payments").filter(pk=wage_id).first()
    if found is None:
        raise WageNotFound(_("没有找到这笔工钱。"))
    return found


def payment(payment_id: UUID, *, viewer: Viewer) -> Payment:
    """One payment, for its receipt. Raises WageNotFound."""
    found = Payment.objects.select_related("wage").filter(pk=payment_id).first()
    if found is None:
        raise WageNotFound(_("没有找到这笔付款。"))
    return found


def wages_of_worker(*, viewer: Viewer, limit: int = 30, before: Seen = None) -> list[Wage]:
    """The viewer's own wages, the latest first."""
    return _page(_wages().filter(worker=viewer.worker_id), limit, before)


def wages_of_employer(*, viewer: Viewer, state: str | None = None, limit: int = 30, before: Seen = None) -> list[Wage]:
    """What the viewer owes and has paid, the latest first."""
    own = _wages().filter(employer=viewer.employer_id)
    return _page(own.filter(state=state) if state else own, limit, before)


def overdue(*, viewer: Viewer, limit: int = 50) -> list[Wage]:
    """What is unpaid after its day, the oldest first."""
    unpaid = Q(state=Wage.State.OWED, paid_fen__lt=F("owed_fen")) | Q(state=Wage.State.DISPUTED)
    late = _wages().filter(unpaid, due_on__lt=clock.today())
    return list(late.order_by("due_on", "id")[:limit])


def _wages() -> QuerySet[Wage]:
    return Wage.objects.select_related("placement__shift__job")


def _page(wages: QuerySet[Wage], limit: int, before: Seen) -> list[Wage]:
    if before is not None:
        made, last = before
        wages = wages.filter(Q(created_at__lt=made) | Q(created_at=made, id__lt=last))
    return list(wages.order_by("-created_at", "-id")[:limit])
