"""What every page of the employer has."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linggong.employers import queries as employers
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.notices import queries as notices
from linggong.web.requests import Request


def show(request: Request, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render `employer/<name>.html`."""
    if request.viewer.employer_id is not None:
        with within(request.viewer):
            context["unread"] = notices.unread(viewer=request.viewer)
    return render(request, f"employer/{name}.html", context, status=status)


def me(request: Request) -> Employer:
    """The employer who reads."""
    assert request.viewer.employer_id is not None
    return employers.employer(request.viewer.employer_id, request.viewer)


def number(typed: str) -> int:
    """A small whole number as typed; 0, which no act takes, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0


def names(people: list[str]) -> str:
    """王建国、李强"""
    return _("、").join(people)
