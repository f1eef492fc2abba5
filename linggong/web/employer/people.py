"""One confirmed person: their record here, their telephone while they are to come, and what is said of them after."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.dispatch import known
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Block, Placement, Reputation
from linggong.followups import operations as followups
from linggong.followups.models import Rating
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.web.acting import act_or_say, attempt
from linggong.web.employer.pages import show
from linggong.web.employer.side import READER, of_placement
from linggong.web.forms import PlainForm
from linggong.web.requests import Request

STARS = [
    (5, _("很好，还想请他")),
    (4, _("好")),
    (3, _("还行")),
    (2, _("不太好")),
    (1, _("不好")),
]


class CancelForm(PlainForm):
    reason = forms.CharField(label=_("为什么不让他来了？"), max_length=200, help_text=_("他会看到。"))


class RateForm(PlainForm):
    stars = forms.TypedChoiceField(label=_("他干得怎么样？"), coerce=int, choices=STARS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("为什么？"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}))


class BlockForm(PlainForm):
    reason = forms.CharField(label=_("为什么？"), max_length=200, required=False, help_text=_("只有市场看得到。"))


@dataclass(frozen=True)
class Person:
    """Somebody with a place, and how they have kept their word anywhere in the market."""

    placement: Placement
    record: Reputation | None
    rating: Rating | None
    blocked: bool

    @property
    def stars(self) -> str:
        """4.6, where employers have rated them."""
        if self.record is None or not self.record.rating_count:
            return ""
        return f"{self.record.rating_sum / self.record.rating_count:.1f}"

    @property
    def finished(self) -> bool:
        return self.placement.state in known.WORKED


def persons(held: Iterable[Placement]) -> list[Person]:
    """Placements of the open scope with the record of their people, in three queries."""
    rows = list(held)
    workers = [row.worker_id for row in rows]
    with within(READER):
        records = {record.worker_id: record for record in Reputation.objects.filter(worker__in=workers)}
    said = Rating.objects.filter(placement__in=rows, side=Rating.Side.EMPLOYER)
    ratings: dict[UUID, Rating] = {rating.placement_id: rating for rating in said}
    blocks = set(Block.objects.filter(worker__in=workers).values_list("worker_id", "employer_id"))
    return [
        Person(row, records.get(row.worker_id), ratings.get(row.id), (row.worker_id, row.employer_id) in blocks)
        for row in rows
    ]


@require_GET
@of_placement
def person(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """One person of one shift."""
    return _show(request, placement)


@never_cache
@require_POST
@of_placement
def telephone(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """The number, once, on the page that answers; nothing keeps it, and that it was shown is recorded."""
    seen = act_or_say(request, lambda: [known.reveal_worker_telephone(placement=placement, by=by)])
    if seen is None:
        return redirect("employer:person", placement.id)
    return _show(request, placement, telephone=seen[0], asked=True)


@require_http_methods(["GET", "POST"])
@of_placement
def cancel(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """Somebody confirmed is not to come after all, and is told why."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, request, lambda: dispatch.cancel_by_employer(placement=placement, by=by, reason=reason)):
            messages.success(request, _t("取消了，%(name)s 会收到消息。") % {"name": placement.worker_name})
            return redirect("employer:shift", placement.shift_id)
    return _form(request, "person_cancel", placement, form)


@require_http_methods(["GET", "POST"])
@of_placement
def rate(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """Stars, and why."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, side = form.cleaned_data, Rating.Side.EMPLOYER
        if attempt(form, request, lambda: followups.rate(placement=placement, side=side, by=by, **said)):
            messages.success(request, _t("评好了，谢谢。"))
            return redirect("employer:shift", placement.shift_id)
    return _form(request, "rate", placement, form)


@require_http_methods(["GET", "POST"])
@of_placement
def block(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """以后不要他"""
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, request, lambda: known.block_worker(placement=placement, by=by, reason=reason)):
            messages.success(request, _t("记下了，以后不再把 %(name)s 介绍给您。") % {"name": placement.worker_name})
            return redirect("employer:shift", placement.shift_id)
    return _form(request, "block", placement, form)


def _show(request: Request, placement: Placement, *, telephone: str = "", asked: bool = False) -> HttpResponse:
    [found] = persons([placement])
    live = placement.state in known.LIVE
    return show(request, "person", person=found, placement=placement, live=live, telephone=telephone, asked=asked)


def _form(request: Request, name: str, placement: Placement, form: PlainForm) -> HttpResponse:
    back = reverse("employer:person", args=[placement.id])
    return show(request, name, form=form, placement=placement, back=back)
