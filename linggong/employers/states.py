"""The status graph of an employer: which act leads from where to where."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer

State = Employer.State


@dataclass(frozen=True)
class Step:
    """An act: the states it may start from, the one it leads to, and what the employer is told of it."""

    sources: frozenset[str]
    target: State
    words: Promise
    needs_reason: bool = True


STEPS: dict[str, Step] = {
    "approve": Step(
        frozenset({State.PENDING, State.REFUSED}),
        State.APPROVED,
        _("您的用工主体已通过核验，可以发布岗位了。"),
        needs_reason=False,
    ),
    "refuse": Step(
        frozenset({State.PENDING}),
        State.REFUSED,
        _("您的用工主体没有通过核验：%(reason)s。改好后请联系市场窗口。"),
    ),
    "suspend": Step(
        frozenset({State.APPROVED}),
        State.SUSPENDED,
        _("您的用工主体已被暂停用工：%(reason)s。请联系市场窗口。"),
    ),
    "blacklist": Step(
        frozenset({State.PENDING, State.APPROVED, State.REFUSED, State.SUSPENDED}),
        State.BLACKLISTED,
        _("您的用工主体已被列入黑名单：%(reason)s。如有异议，请到市场窗口申诉。"),
    ),
    "reinstate": Step(
        frozenset({State.SUSPENDED, State.BLACKLISTED}),
        State.APPROVED,
        _("您的用工主体已恢复用工，可以发布岗位了。"),
        needs_reason=False,
    ),
}
