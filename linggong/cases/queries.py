"""Reading cases, by what is due."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.cases.models import Case
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal


class CaseNotFound(Refusal):
    """There is no such case, or not for this viewer."""

    code = "case_not_found"


def case(case_id: UUID, *, viewer: Viewer) -> Case:
    """One case with its steps (staff only) and its evidence: shift, job, arrival, wage. Raises CaseNotFound."""
    evidence = _cases().select_related("placement__attendance", "placement__wage")
    found = evidence.prefetch_related("steps", "placement__wage__payments").filter(pk=case_id).first()
    if found is None:
        raise CaseNotFound(_("没有找到这件事。"))
    return found


def open_cases(*, viewer: Viewer, limit: int = 50) -> list[Case]:
    """What is not settled, the most urgent first."""
    return list(_cases().exclude(state=Case.State.SETTLED).order_by("due_on", "id")[:limit])


def cases_of_worker(worker_id: UUID, *, viewer: Viewer, limit: int = 10) -> list[Case]:
    """One worker's cases, the latest first."""
    return list(_cases().filter(worker_id=worker_id).order_by("-created_at", "-id")[:limit])


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("placement__shift__job")
