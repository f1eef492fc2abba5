"""Who may open a page. What they see on it is decided by the scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse

from linggong.accounts.models import Role
from linggong.web.requests import Request

View = Callable[..., HttpResponse]

STAFF = frozenset(Role.values) - {Role.WORKER, Role.EMPLOYER, Role.AGENCY}


def _only(roles: frozenset[str], door: str) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.viewer.account_id is None:
                return redirect_to_login(request.get_full_path(), reverse(door))
            if request.viewer.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return guard


staff = _only(frozenset(STAFF), "signin:staff")
worker_only = _only(frozenset({Role.WORKER}), "signin:worker")
employer_only = _only(frozenset({Role.EMPLOYER, Role.AGENCY}), "signin:employer")
