"""Reading employers: what lies in the scope of the transaction, personal data masked."""

import re
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer, EmployerKey
from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib.errors import Refusal
from linggong.lib.telephone import TelephoneRefused, read_telephone
from linggong.lib.text import compact, plain

LAST = "\U0010ffff"
_REGISTER_NUMBER = re.compile(r"[0-9A-Z]{18}")


class NotFound(Refusal):
    """No such employer, or none within the viewer's reach."""

    code = "not_found"


def employer(id: UUID, viewer: Viewer) -> Employer:
    """One employer. Raises NotFound."""
    found = Employer.objects.filter(pk=id).select_related("registered_at").first()
    if found is None:
        raise NotFound(_("没有找到这个用工主体。"))
    return found


def search(text: str, viewer: Viewer, limit: int = 20) -> list[Employer]:
    """By name or part of it, pinyin, initials, whole telephone or its last four digits, licence or identity number."""
    typed = plain(text).lower()
    if not typed:
        return []
    begun = typed.replace(" ", "")
    # a range of bytes: under row-level security a LIKE does not use the index
    keyed = EmployerKey.objects.filter(key__gte=begun, key__lt=begun + LAST).values("employer")
    matching = Q(id__in=keyed) | Q(name__icontains=typed) | _by_number(text)
    return list(Employer.objects.filter(matching).order_by("sort_key", "id")[:limit])


def pending(viewer: Viewer, limit: int = 20) -> list[Employer]:
    """Who waits to be vetted, the longest waiting first."""
    return list(Employer.objects.filter(state=Employer.State.PENDING).order_by("created_at", "id")[:limit])


def of_telephone(telephone: str) -> list[Employer]:
    """Every employer with this telephone, for the sign-in of somebody who has proven it to be theirs."""
    with within(system("signing in")):
        named = Employer.objects.filter(telephone_index=personal.index(telephone, "telephone"))
        return list(named.order_by("sort_key", "id"))


def telephone_of(employer_id: UUID) -> str:
    """Where messages to an employer go, empty where it is gone; for their delivery, inside the system's scope."""
    found = Employer.objects.filter(pk=employer_id).only("telephone").first()
    return found.telephone.open() if found else ""


def _by_number(text: str) -> Q:
    number = compact(text)
    if _REGISTER_NUMBER.fullmatch(number):
        return Q(register_index=personal.index(number, "register"))
    try:
        return Q(telephone_index=personal.index(read_telephone(text), "telephone"))
    except TelephoneRefused:
        return Q(pk=None)
