"""Employers at the desk: who waits to be vetted, registering one, and what may be done about each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from linggong.audit import queries as audit
from linggong.employers import operations, queries
from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.employers.states import STEPS
from linggong.foundation.viewer import Viewer
from linggong.places.queries import name_of
from linggong.posts import queries as posts
from linggong.posts import vetting
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import found, own_site, reach
from linggong.web.desk.reading import read_place
from linggong.web.desk.worker_form import read, suggesting
from linggong.web.forms import PlainForm, Telephone
from linggong.web.guards import staff
from linggong.web.requests import Request

A_PAGE = 100
VET: dict[str, Callable[[Employer, Viewer, str], Employer]] = {
    "approve": lambda employer, by, reason: vetting.approve(employer=employer, by=by),
    "refuse": lambda employer, by, reason: vetting.refuse(employer=employer, by=by, reason=reason),
    "suspend": lambda employer, by, reason: vetting.suspend(employer=employer, by=by, reason=reason),
    "blacklist": lambda employer, by, reason: vetting.blacklist(employer=employer, by=by, reason=reason),
    "reinstate": lambda employer, by, reason: vetting.reinstate(employer=employer, by=by, reason=reason),
}
LABELS = {
    "approve": _("核验通过"),
    "refuse": _("不通过"),
    "suspend": pgettext_lazy("act", "暂停用工"),
    "blacklist": _("列入黑名单"),
    "reinstate": _("恢复"),
}
KEYS = {"approve": "a", "refuse": "f", "suspend": "u", "blacklist": "b", "reinstate": "a"}


class EmployerForm(PlainForm):
    kind = forms.ChoiceField(label=_("类型"), choices=Employer.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=160, widget=forms.TextInput({"autocomplete": "off"}))
    register_number = forms.CharField(
        label=_("统一社会信用代码"), max_length=60, help_text=_("18 位；家庭用工填户主的身份证号")
    )
    contact_name = forms.CharField(label=_("联系人"), max_length=80)
    telephone = forms.CharField(label=_("电话"), max_length=40, widget=Telephone({"class": "", "autocomplete": "off"}))
    division = forms.CharField(label=_("在哪个乡镇、街道"), max_length=80, widget=suggesting("places"))
    address = forms.CharField(label=_("地址"), max_length=400, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if reach(viewer):
            self.fields["division"].initial = name_of(reach(viewer))

    def clean_division(self) -> str:
        return read(lambda: read_place(self.cleaned_data["division"], self.viewer)).code

    def new(self) -> NewEmployer:
        return NewEmployer(**self.cleaned_data)


@staff
def employers(request: Request) -> HttpResponse:
    """Who waits to be vetted; others by their state."""
    state = request.GET.get("state", Employer.State.PENDING)
    if state == Employer.State.PENDING:
        rows = queries.pending(request.viewer, A_PAGE)
    else:
        rows = list(Employer.objects.filter(state=state).order_by("-vetted_at", "id")[:A_PAGE])
    context = {"employers": rows, "state": state, "states": Employer.State.choices}
    return render(request, "desk/employers.html", context)


@staff
def new(request: Request) -> HttpResponse:
    form = EmployerForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        site, by = own_site(request.viewer), request.viewer
        made = attempt(form, request, lambda: operations.register(new=form.new(), by=by, source="desk", site=site))
        if made:
            return redirect("desk:employer", made.id)
    known = queries.search(request.POST.get("register_number", ""), request.viewer, limit=1) if form.errors else []
    return render(request, "desk/employer_new.html", {"form": form, "known": known})


@staff
def employer(request: Request, employer_id: UUID) -> HttpResponse:
    return _page(request, employer_id)


@staff
@require_POST
def reveal(request: Request, employer_id: UUID) -> HttpResponse:
    """The same page, once, with one sealed field in plain; that it was seen is written down."""
    kept = found(lambda: queries.employer(employer_id, request.viewer))
    field, why = request.POST.get("field", ""), request.POST.get("why", "")
    plain = act_or_say(request, lambda: operations.reveal(employer=kept, field=field, by=request.viewer, why=why))
    return redirect("desk:employer", employer_id) if plain is None else _page(request, employer_id, {field: plain})


@staff
@require_POST
def vet(request: Request, employer_id: UUID) -> HttpResponse:
    """One step of the status graph, with its reason."""
    kept = found(lambda: queries.employer(employer_id, request.viewer))
    act, reason = VET.get(request.POST.get("act", "")), request.POST.get("reason", "")
    if act is not None:
        done = _t("已经办好，也通知了 %(name)s。") % {"name": kept.name}
        act_or_say(request, lambda: act(kept, request.viewer, reason), done)
    return redirect("desk:employer", employer_id)


def _page(request: Request, employer_id: UUID, revealed: dict[str, str] | None = None) -> HttpResponse:
    kept = found(lambda: queries.employer(employer_id, request.viewer))
    context = {
        "employer": kept,
        "steps": [
            (act, LABELS[act], KEYS[act], step.needs_reason)
            for act, step in STEPS.items()
            if kept.state in step.sources
        ],
        "jobs": posts.of_employer(viewer=request.viewer, employer_id=employer_id),
        "trail": audit.of_object(employer_id, limit=12),
        "revealed": revealed or {},
    }
    return render(request, "desk/employer.html", context)
