"""Whose row it is: the one check of every act on something between a worker and an employer."""

from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.dispatch.models import Placement
from linggong.dispatch.offers import lock_worker
from linggong.foundation.viewer import Viewer


class Between(Protocol):
    """A row that ties a worker, an employer and a division together."""

    worker_id: UUID
    employer_id: UUID
    division: str


def require_party(by: Viewer, act: str, row: Between) -> None:
    """The role of `by` allows the act, and the row is its own or lies in its scope. Raises NotAllowed."""
    require(by, act)
    own = by.worker_id == row.worker_id if by.worker_id else by.employer_id == row.employer_id
    if not (own or by.covers(row.division)):
        raise NotAllowed(_("这不是您的活，也不在您负责的区域。"))


def locked(placement: Placement) -> Placement:
    """The row as it is now with its shift and job; it and its worker's time stay locked until the transaction ends."""
    lock_worker(placement.worker_id)
    rows = Placement.objects.select_for_update(of=("self",)).select_related("shift__job")
    return rows.get(pk=placement.pk)
