"""Who looks and who acts: the one description that operations (`by=`) and queries (`viewer=`) take."""

from dataclasses import dataclass, replace
from uuid import UUID

EVERYWHERE = "*"


@dataclass(frozen=True)
class Viewer:
    """A person, a machine or the market itself, with what it may reach.

    `division` is a prefix of division codes ("140403" is a county with all below it; EVERYWHERE is the whole
    country), only for staff and the system. `worker_id` and `employer_id` say for whom a worker's or an
    employer's login stands. `on_behalf_of` names the person for whom somebody else acts.
    """

    role: str
    name: str = ""
    account_id: UUID | None = None
    division: str | None = None
    site_id: UUID | None = None
    worker_id: UUID | None = None
    employer_id: UUID | None = None
    on_behalf_of: str = ""

    @property
    def is_staff(self) -> bool:
        return self.division is not None and self.role != "system"

    @property
    def is_system(self) -> bool:
        return self.role == "system"

    def acting_for(self, person: str) -> "Viewer":
        return replace(self, on_behalf_of=person)

    def covers(self, division: str) -> bool:
        """Whether a row of this division lies in the viewer's scope."""
        return self.division is not None and (self.division == EVERYWHERE or division.startswith(self.division))


PUBLIC = Viewer(role="public")


def system(reason: str, division: str = EVERYWHERE) -> Viewer:
    """The market acting by itself; `reason` is what the audit shows as its name."""
    return Viewer(role="system", name=reason, division=division)
