"""Signing in: workers and employers by a code sent to their telephone, staff by a password.

No page tells whether a number is known: a code goes to every number, and only who has read it learns more.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linggong.accounts.models import Account, Role
from linggong.accounts.operations import CODE_LASTS, account_for, prove_telephone, send_login_code
from linggong.employers import queries as employers
from linggong.employers.models import Employer
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.telephone import masked, read_telephone
from linggong.places.queries import name_of
from linggong.web.acting import act_or_say, attempt
from linggong.web.forms import Digits, PlainForm, Telephone
from linggong.web.requests import Request
from linggong.workers import queries as workers

BACKEND = "django.contrib.auth.backends.ModelBackend"
HOMES = {Role.WORKER: "/worker/", Role.EMPLOYER: "/employer/", Role.AGENCY: "/employer/"}
STAFF_HOME = "/desk/"
REGISTRATION = {"worker": "/worker/register/", "employer": "/employer/register/"}

ASKED, CHOOSING, NEXT = "asked_telephone", "choosing", "signin_next"
PROVEN = "proven_telephone"
"""The key of the session under which registration finds a number that has been proven and belongs to nobody yet."""


@dataclass(frozen=True)
class Person:
    """Somebody for whom a telephone may sign in."""

    id: str
    name: str
    detail: str
    role: str


class StaffForm(PlainForm):
    username = forms.CharField(
        label=_("登录名"), max_length=80, widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class TelephoneForm(PlainForm):
    telephone = forms.CharField(label=_("手机号"), max_length=40, widget=Telephone)


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("短信里的 6 位验证码"), max_length=40, widget=Digits({"autocomplete": "one-time-code"})
    )


class WhoForm(PlainForm):
    who = forms.ChoiceField(label=_("您是哪一位？"), widget=forms.RadioSelect)

    def __init__(self, people: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(p.id, f"{p.name} · {p.detail}") for p in people]  # type: ignore[attr-defined]


# ---------------------------------------------------------------------------- pages

pages = require_http_methods(["GET", "HEAD", "POST"])


@pages
@never_cache
def doors(request: Request) -> HttpResponse:
    """Three doors: I look for work, I look for hands, I work here."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    return render(request, "signin/doors.html")


@pages
@never_cache
@sensitive_post_parameters("password")
def staff(request: Request) -> HttpResponse:
    """By login name and password; five failures lock the name for a while."""
    _keep_next(request)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            return enter(request, account)
        form.add_error(None, gettext("登录名或密码不对，请再试一次。忘了密码请找管理员。"))
    return render(request, "signin/staff.html", {"form": form})


def locked_out(request: HttpRequest, original: HttpResponse | None, credentials: dict[str, str] | None) -> HttpResponse:
    """What django-axes shows after too many failures."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "signin/locked.html", {"minutes": minutes}, status=429)


@pages
@never_cache
def telephone(request: Request, door: str) -> HttpResponse:
    """Ask for a telephone and send it a code."""
    _keep_next(request)
    form = TelephoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["telephone"]
        attempt(form, request, lambda: send_login_code(telephone=number, by=request.viewer))
        if not form.errors:
            request.session[ASKED] = read_telephone(number)
            return redirect(f"signin:{door}_code")
    return render(request, "signin/telephone.html", _context(door, form))


@pages
@never_cache
def code(request: Request, door: str) -> HttpResponse:
    """Take the code that was sent, or send another."""
    number = request.session.get(ASKED)
    if not number:
        return redirect(f"signin:{door}")
    if "again" in request.POST:
        send = partial(send_login_code, telephone=number, by=request.viewer)
        act_or_say(request, send, _("新的验证码已经发出。"))
        return redirect(f"signin:{door}_code")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:  # without a savepoint: a wrong code must go on counting
            prove_telephone(telephone=number, code=form.cleaned_data["code"], by=request.viewer)
            return _proven(request, door, number)
        except Refusal as refusal:
            form.refuse(refusal)
    inbox = urljoin(settings.SMS_GATEWAY_URL, "/") if settings.DEMO and settings.SMS_GATEWAY_URL else ""
    return render(request, "signin/code.html", _context(door, form, telephone=masked(number), inbox=inbox))


@pages
@never_cache
def who(request: Request, door: str) -> HttpResponse:
    """A family's telephone: who of them is it?"""
    number = _chooser(request)
    if not number:
        return redirect(f"signin:{door}")
    people = _people(door, number)
    form = WhoForm(people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = next(p for p in people if p.id == form.cleaned_data["who"])
        entered = attempt(form, request, lambda: _enter_as(request, person))
        if entered:
            return entered
    return render(request, "signin/who.html", _context(door, form))


@require_POST
def signout(request: Request) -> HttpResponse:
    """End the session, with all it kept."""
    logout(request)
    return redirect("signin:doors")


# ---------------------------------------------------------------------------- for other pages


def enter(request: Request, account: Account) -> HttpResponse:
    """Open the session of a login, and go to where the person wanted to be."""
    wanted = request.session.get(NEXT, "")
    login(request, account, backend=BACKEND)
    for key in (ASKED, CHOOSING, PROVEN, NEXT):
        request.session.pop(key, None)
    home = home_of(account)
    return redirect(wanted if wanted.startswith(home) else home)


def home_of(account: Account) -> str:
    """The first page of a login."""
    return HOMES.get(Role(account.role), STAFF_HOME)


# ---------------------------------------------------------------------------- parts


def _proven(request: Request, door: str, number: str) -> HttpResponse:
    """The number is theirs: one person goes in, several choose, nobody yet goes on to register."""
    people = _people(door, number)
    if len(people) == 1:
        return _enter_as(request, people[0])
    if people:
        request.session[CHOOSING] = {"telephone": number, "until": (clock.now() + CODE_LASTS).isoformat()}
        return redirect(f"signin:{door}_who")
    request.session.pop(ASKED)
    request.session[PROVEN] = number
    return redirect(REGISTRATION[door])


def _enter_as(request: Request, person: Person) -> HttpResponse:
    signing_in = system("signing in")
    account = account_for(role=person.role, subject_id=UUID(person.id), name=person.name, by=signing_in)
    return enter(request, account)


def _people(door: str, number: str) -> list[Person]:
    if door == "worker":
        found = workers.of_telephone(number)
        card = gettext("卡号 %(number)s")
        return [Person(str(w.id), w.name, card % {"number": w.card_number}, Role.WORKER) for w in found]
    return [Person(str(e.id), e.name, name_of(e.division), _role_of(e)) for e in employers.of_telephone(number)]


def _role_of(employer: Employer) -> Role:
    return Role.AGENCY if employer.kind == Employer.Kind.AGENCY else Role.EMPLOYER


def _chooser(request: Request) -> str:
    """The number proven a short while ago in this session, whose person has still to be chosen."""
    kept: dict[str, str] = request.session.get(CHOOSING, {})
    fresh = kept and datetime.fromisoformat(kept["until"]) > clock.now()
    return kept["telephone"] if fresh else ""


def _keep_next(request: Request) -> None:
    """Remember the page of this site that asked for the sign-in."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        request.session[NEXT] = wanted


def _context(door: str, form: PlainForm, **more: str) -> dict[str, Any]:
    """Workers see the big type of their own pages."""
    return {"door": door, "form": form, "base": "base_worker.html" if door == "worker" else "base_public.html", **more}
