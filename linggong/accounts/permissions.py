"""Which roles may do which act. Whose rows they may do it to is decided by the scope (`foundation/scope.py`)."""

from django.utils.translation import gettext_lazy as _

from linggong.accounts.models import Role
from linggong.foundation.viewer import PUBLIC, Viewer
from linggong.lib.errors import Refusal

ANYBODY = frozenset({PUBLIC.role})
WORKER = frozenset({Role.WORKER})
EMPLOYERS = frozenset({Role.EMPLOYER, Role.AGENCY})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
CLERKS = ADMINISTRATORS | {Role.WINDOW_CLERK, Role.STATION_CLERK, Role.CALL_AGENT}
RIGHTS = CLERKS | {Role.RIGHTS_OFFICER}

ALLOWED: dict[str, frozenset[str]] = {
    "account.create": ADMINISTRATORS,
    "account.set_password": ADMINISTRATORS,
    "account.deactivate": ADMINISTRATORS,
    "site.add": ADMINISTRATORS,
    "minimum_wage.set": ADMINISTRATORS,
    "matching.set": ADMINISTRATORS,
    "worker.register": CLERKS | ANYBODY,
    "worker.update": CLERKS | WORKER,
    "worker.reveal": RIGHTS,
    "worker.set_state": CLERKS | WORKER,
    "worker.import": CLERKS,
    "employer.register": CLERKS | ANYBODY | EMPLOYERS,
    "employer.vet": ADMINISTRATORS | {Role.WINDOW_CLERK, Role.CALL_AGENT},
    "employer.update": CLERKS | EMPLOYERS,
    "employer.reveal": RIGHTS,
    "post.publish": CLERKS | EMPLOYERS,
    "post.manage": CLERKS | EMPLOYERS,
    "post.decide": CLERKS,
    "message.receive": CLERKS,
    "message.handle": CLERKS,
    "screening.set": ADMINISTRATORS,
    "offer.make": CLERKS | EMPLOYERS,
    "offer.answer": CLERKS | WORKER,
    "offer.confirm": CLERKS | EMPLOYERS,
    "shift.fill": CLERKS | EMPLOYERS,
    "shift.apply": CLERKS | WORKER,
    "placement.make": CLERKS,
    "placement.cancel_by_worker": CLERKS | WORKER,
    "placement.cancel_by_employer": CLERKS | EMPLOYERS,
    "standby.join": CLERKS | WORKER,
    "standby.call": CLERKS | EMPLOYERS,
    "block.add": CLERKS | EMPLOYERS | WORKER,
    "attendance.check_in": CLERKS | EMPLOYERS | WORKER,
    "attendance.check_out": CLERKS | EMPLOYERS | WORKER,
    "attendance.confirm": CLERKS | EMPLOYERS,
    "missing.decide": CLERKS,
    "missing.contest": CLERKS | WORKER,
    "missing.decide_contest": RIGHTS,
    "wage.settle": CLERKS | EMPLOYERS,
    "wage.record_payment": CLERKS | EMPLOYERS,
    "wage.confirm_receipt": CLERKS | WORKER,
    "wage.dispute": RIGHTS | WORKER,
    "rating.give": CLERKS | EMPLOYERS | WORKER,
    "call_back.record": CLERKS,
    "worker.serve_again": CLERKS,
    "case.handle": RIGHTS,
}
"""Act to roles. The system itself may do everything; the bureau and the auditors only read."""


class NotAllowed(Refusal):
    """The role of whoever acts does not include this act."""

    code = "not_allowed"


def may(by: Viewer, act: str) -> bool:
    """Whether the role allows it. An act that the table does not name is an error of the program: KeyError."""
    return by.role in ALLOWED[act] or by.is_system


def require(by: Viewer, act: str) -> None:
    """Raise NotAllowed where the role does not allow the act."""
    if not may(by, act):
        raise NotAllowed(_("您的账号不能办这件事，请找窗口工作人员或管理员。"))
