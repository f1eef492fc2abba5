"""The job list and each job, for everybody, without signing in."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linggong.lib import clock, trades, words
from linggong.lib.errors import Refusal
from linggong.places import queries as places
from linggong.places.models import Site
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.posts.records import JobFilter
from linggong.web.forms import PlainForm
from linggong.web.public.county import COUNTY_DIGITS, County, chosen
from linggong.web.public.front import some_open
from linggong.web.public.posting import json_ld
from linggong.web.public.slips import cards, sentence, slip
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language

A_PAGE = 20
DAYS = 7

Choices = list[tuple[str, str]]


class FilterForm(PlainForm):
    """What the list is narrowed by; nonsense narrows nothing."""

    trade = forms.ChoiceField(label=_("什么活"), required=False)
    day = forms.ChoiceField(label=_("哪一天"), required=False)
    town = forms.ChoiceField(label=_("哪个乡镇街道"), required=False)

    def __init__(self, county: County | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.county = county
        self._choose("trade", [("", _t("所有的活")), *_trades(county)])
        self._choose("day", [("", _t("哪天都行")), *_days()])
        self._choose("town", [("", _t("哪里都行")), *_towns(county)])

    def wanted(self) -> JobFilter:
        self.is_valid()
        found = self.cleaned_data
        return JobFilter(
            trade=found.get("trade", ""),
            division=found.get("town") or (self.county.code if self.county else ""),
            day=date.fromisoformat(found["day"]) if found.get("day") else None,
        )

    def kept(self) -> dict[str, str]:
        """What the address of the next page must go on saying."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@require_safe
def jobs(request: Request) -> HttpResponse:
    """Every open job, the earliest first."""
    county = chosen(request)
    form = FilterForm(county, request.GET)
    wanted = form.wanted()
    after = _read_after(request.GET.get("after", ""))
    shown = posts.public_jobs(wanted, limit=A_PAGE + 1, after=after)
    context = {
        "county": county,
        "form": form,
        "narrowed": bool(form.kept() or after),
        "jobs": cards(shown[:A_PAGE]),
        "next_url": _next_url(form, shown) if len(shown) > A_PAGE else "",
    }
    return render(request, "public/jobs.html", context)


@require_safe
def job(request: Request, shift_id: UUID) -> HttpResponse:
    """One job as one sentence in big type; one that is over says so and shows others."""
    try:
        shift = posts.shift(shift_id, viewer=request.viewer)
    except Refusal:
        return _gone(request, None, 404)
    if _is_over(shift):
        return _gone(request, shift, 410)
    address = urljoin(settings.PUBLIC_URL, request.path)
    full = shift.taken >= shift.places
    context = {
        "county": chosen(request),
        "shift": shift,
        "slip": slip(shift),
        "say": sentence(shift),
        "told": strip_tags(sentence(shift)),
        "full": full,
        "address": address,
        "json_ld": "" if full else json_ld(shift, address),
        "market": _nearest_market(shift),
    }
    return render(request, "public/job.html", context)


def _gone(request: Request, shift: Shift | None, status: int) -> HttpResponse:
    county = chosen(request)
    division = shift.division[:COUNTY_DIGITS] if shift else county.code if county else ""
    others = cards(some_open(division, shift.trade if shift else ""))
    return render(request, "public/gone.html", {"county": county, "shift": shift, "jobs": others}, status=status)


def _is_over(shift: Shift) -> bool:
    return shift.state != Shift.State.OPEN or not shift.listed or shift.ends <= clock.now()


def _nearest_market(shift: Shift) -> Site | None:
    """The market that answers for a job: of its town, else of its county."""
    markets = Site.objects.filter(kind=Site.Kind.MARKET, state=Site.State.OPEN)
    around = [shift.division[:digits] for digits in (9, COUNTY_DIGITS)]
    return markets.filter(division__in=around).order_by("-division").first()


def _trades(county: County | None) -> Choices:
    """Every trade, those first for which people are sought now, with the number of jobs."""
    wanted = posts.open_shifts().filter(division__startswith=county.code if county else "")
    counts = Counter(dict(wanted.select_related(None).order_by().values_list("trade").annotate(Count("id"))))
    named = [(code, trades.name(code, language())) for code in sorted(trades.TRADES, key=lambda code: -counts[code])]
    return [(code, f"{name} ({counts[code]})" if counts[code] else name) for code, name in named]


def _days() -> Choices:
    today = clock.today()
    ahead = [today + timedelta(days=n) for n in range(DAYS)]
    return [(day.isoformat(), words.day_words(day, today, language())) for day in ahead]


def _towns(county: County | None) -> Choices:
    return [(town.code, town.name) for town in places.children(county.code)] if county else []


def _next_url(form: FilterForm, shown: list[Shift]) -> str:
    last = shown[A_PAGE - 1]
    county = {"county": form.county.code} if form.county and form.county.query else {}
    return "?" + urlencode({**county, **form.kept(), "after": f"{last.starts.isoformat()}_{last.id}"})


def _read_after(text: str) -> tuple[datetime, UUID] | None:
    """The (starts, id) after which the list goes on; what is no such pair begins it anew."""
    starts, _underscore, last = text.partition("_")
    try:
        moment = datetime.fromisoformat(starts)
        return (moment, UUID(last)) if moment.tzinfo and moment.date() > date.min else None
    except ValueError:
        return None
