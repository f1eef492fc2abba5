"""What an employer changes about itself without being vetted again."""

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer


def choose_confirmation(*, employer: Employer, instant: bool, by: Viewer) -> Employer:
    """Whether who applies has the place at once, or the employer decides; for jobs posted from now on."""
    require(by, "employer.update")
    if by.employer_id and by.employer_id != employer.id:
        raise NotAllowed(_("只能改自己的资料。"))
    with within(by):
        Employer.objects.filter(pk=employer.pk).update(instant_confirmation=instant)
        employer.refresh_from_db(fields=["instant_confirmation"])
        record("employer.confirmation", by=by, about=employer, division=employer.division, instant=instant)
        return employer
