"""Reading logins."""

import hashlib
from typing import TYPE_CHECKING, Union
from uuid import UUID

from linggong.accounts.models import Account, ApiKey, LoginCode, Role
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


def viewer_of_key(key: str) -> Viewer | None:
    """What a program with this API key may reach; None where the key or its login is not in force."""
    known = ApiKey.objects.filter(fingerprint=key_fingerprint(key), revoked_at=None, account__is_active=True)
    found = known.select_related("account").first()
    return viewer_of(found.account) if found else None


def key_fingerprint(key: str) -> str:
    """Under which an API key is kept; keys are long and random, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
