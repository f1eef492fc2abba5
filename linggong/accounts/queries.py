"""Reading logins."""

from typing import TYPE_CHECKING, Union
from uuid import UUID

from linggong.accounts.models import Account, LoginCode, Role
from linggong.foundation.viewer import PUBLIC, Viewer

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


def viewer_of(user: Union["AbstractBaseUser", "AnonymousUser"]) -> Viewer:
    """What a login may reach. An agency sees what an employer sees: what is its own or entrusted to it."""
    if not isinstance(user, Account):
        return PUBLIC
    return Viewer(
        role=user.role,
        name=user.name,
        account_id=user.id,
        division=user.division or None,
        site_id=user.site_id,
        worker_id=user.worker_id,
        employer_id=user.employer_id,
    )


def staff_of(division: str) -> list[Account]:
    """The members of staff of a division and all below it."""
    outside = [Role.WORKER, Role.EMPLOYER, Role.AGENCY]
    return list(Account.objects.filter(division__startswith=division).exclude(role__in=outside).order_by("username"))


def telephone_of_code(login_code_id: UUID) -> str:
    """Where a login code goes; for its delivery only."""
    found = LoginCode.objects.filter(pk=login_code_id).first()
    return found.telephone.open() if found else ""
