"""How a division matches: its weights with what each means, the rules of its plans, and who changed them and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linggong.accounts.permissions import may
from linggong.dispatch import operations as dispatch
from linggong.dispatch import planned, pool, rules, weights, wording
from linggong.dispatch.models import MatchingWeights
from linggong.lib import clock
from linggong.matching.model import Weights
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift
from linggong.web.acting import attempt
from linggong.web.desk.acts import reach
from linggong.web.desk.messages_form import OneOfThese
from linggong.web.forms import Digits, PlainForm
from linggong.web.guards import staff
from linggong.web.requests import Request

MOST_POINTS = 9999
SHIFTS_TO_TRY = 30
TERMS: Mapping[str, tuple[Promise, Promise]] = {
    "trade": (_("会这个工种"), _("登记了这个工种就给。")),
    "skill_step": (_("每高一级手艺"), _("从帮工往上，做过、熟练、师傅，每高一级再给一次。")),
    "distance": (_("离得近"), _("在能去的距离一半以内给满，越远越少。")),
    "pay": (_("工钱够"), _("工钱是本人要求的两倍给满，正好够给一半。")),
    "kept": (_("守约"), _("约好的都来了给满；新人按五次来四次算。")),
    "rating": (_("评价"), _("用工方打 5 星给满；新人按 4 星算。")),
    "freshness": (_("新登记"), _("登记当天给满，一天天减少，到下面这么多天就没有了。")),
    "newcomer_days": (_("新登记算几天"), _("上面一项从满到没有的天数。")),
    "priority": (_("重点群体"), _("属于重点群体就给。")),
    "waiting": (_("多日没活"), _("没活的天数到下面这么多天给满，不到的按比例。")),
    "waiting_days": (_("没活几天给满"), _("上面一项给满的天数。")),
    "named": (_("用工方点名"), _("用工方点名要的人给。")),
}
"""What each weight is called and what it means."""


class ShiftToTry(forms.ChoiceField):
    """One of the open shifts; should it have filled meanwhile, another serves as well."""

    def validate(self, value: object) -> None:
        """Nothing is wrong with any."""


class WeightsForm(PlainForm):
    """All weights of a division, the shift to try them on, and why they change."""

    shift = ShiftToTry(label=_("拿哪一班试"))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    reason = OneOfThese(label=_("为什么改"), max_length=200)

    def __init__(self, sent: Any, in_force: Weights, shifts: list[Shift]) -> None:
        super().__init__(sent, initial={term: getattr(in_force, term) for term in TERMS})
        self.in_force, self.shifts = in_force, {str(shift.id): shift for shift in shifts}
        for term, (name, meaning) in TERMS.items():
            told = _t("%(meaning)s现在是 %(points)s。") % {"meaning": meaning, "points": getattr(in_force, term)}
            self.fields[term] = forms.IntegerField(
                label=str(name), help_text=told, min_value=0, max_value=MOST_POINTS, widget=Digits()
            )
            self.fields[term].unit = _("天") if term.endswith("_days") else ""  # type: ignore[attr-defined]
        self.fields["shift"].choices = [(one, _shift_words(shift)) for one, shift in self.shifts.items()]  # type: ignore[attr-defined]

    @property
    def terms(self) -> list[forms.BoundField]:
        return [self[term] for term in TERMS]

    @property
    def points(self) -> dict[str, int]:
        """The terms that would change."""
        typed = {term: self.cleaned_data[term] for term in TERMS}
        return {term: value for term, value in typed.items() if value != getattr(self.in_force, term)}

    @property
    def tried_on(self) -> Shift | None:
        return self.shifts.get(self.cleaned_data["shift"]) or next(iter(self.shifts.values()), None)


class RulesForm(PlainForm):
    """What the plans of a division keep to."""

    priority_percent = forms.IntegerField(
        label=_("重点群体的名额"),
        help_text=_("每一班的名额里，百分之几先排给重点群体；没人合适时再问别人。"),
        widget=Digits(),
    )
    week_hours = forms.IntegerField(
        label=_("一个人一周最多几小时"),
        required=False,
        help_text=_("系统不再排、不再问超过的人；本人自己报名不受限。空着就是不限。"),
        widget=Digits(),
    )
    reason = forms.CharField(label=_("为什么改"), max_length=200)


@staff
def page(request: Request) -> HttpResponse:
    """The weights in force; an administrator tries others on an open shift, then saves them with a reason."""
    code, tried = reach(request.viewer), None
    form = WeightsForm(request.POST or None, weights.weights_of(code), _shifts_to_try(code))
    if request.method == "POST":
        _require_setting(request)
        if form.is_valid():
            made = attempt(form, request, lambda: _save(request, form)) if request.POST.get("act") == "save" else None
            if made:
                messages.success(request, _t("保存成新版本，从现在起用。"))
                return redirect("desk:matching")
            tried = attempt(form, request, lambda: _trial(code, form))
    return _page(request, form, tried=tried)


@staff
@require_POST
def set_rules(request: Request) -> HttpResponse:
    _require_setting(request)
    code, form = reach(request.viewer), RulesForm(request.POST, prefix="rules")
    if form.is_valid():
        wanted = rules.Rules(form.cleaned_data["priority_percent"], form.cleaned_data["week_hours"])
        reason, by = form.cleaned_data["reason"], request.viewer
        if attempt(form, request, lambda: dispatch.set_rules(division=code, rules=wanted, reason=reason, by=by)):
            messages.success(request, _t("保存了，从下一次计划起用。"))
            return redirect("desk:matching")
    return _page(request, WeightsForm(None, weights.weights_of(code), _shifts_to_try(code)), rules_form=form)


def _require_setting(request: Request) -> None:
    if not may(request.viewer, "matching.set"):
        raise PermissionDenied


def _save(request: Request, form: WeightsForm) -> MatchingWeights:
    data = form.cleaned_data
    return dispatch.set_weights(
        division=reach(request.viewer), points=form.points, reason=data["reason"], seen=data["seen"], by=request.viewer
    )


def _trial(code: str, form: WeightsForm) -> dict[str, object]:
    """The first ten of an open shift as they are and as they would be; without one, only that the weights are sound."""
    proposed, shift = weights.proposed(code, form.points), form.tried_on
    now, then = pool.trial(shift, proposed) if shift else ([], [])
    return {"shift": shift, "now": now, "then": then, "points": form.points}


def _page(
    request: Request,
    form: WeightsForm,
    *,
    tried: dict[str, object] | None = None,
    rules_form: RulesForm | None = None,
) -> HttpResponse:
    code = reach(request.viewer)
    in_force = rules.rules_of(code)
    current = {"priority_percent": in_force.priority_percent, "week_hours": in_force.week_hours}
    context = {
        "form": form,
        "tried": tried,
        "weights": form.in_force,
        "terms": [(name, meaning, getattr(form.in_force, term)) for term, (name, meaning) in TERMS.items()],
        "versions": [
            (version.row, [(TERMS[term][0], before, after) for term, before, after in version.changed])
            for version in weights.versions(code)
        ],
        "rules": in_force,
        "rules_form": rules_form or RulesForm(initial=current, prefix="rules"),
        "rule_versions": rules.rule_versions(code),
        "plan": planned.latest(code) if code else None,
        "may_set": may(request.viewer, "matching.set") and bool(code),
    }
    return render(request, "desk/matching.html", context)


def _shifts_to_try(code: str) -> list[Shift]:
    ahead = posts.open_shifts().filter(division__startswith=code, starts__gt=clock.now())
    return list(ahead.exclude(job__kind=Job.Kind.PIECEWORK).order_by("starts")[:SHIFTS_TO_TRY])


def _shift_words(shift: Shift) -> str:
    """装卸搬运工 · 明天 周三 11月25日 7:30 到 17:30 · 一天 220 元"""
    return " · ".join((wording.trade(shift.trade), wording.when(shift), wording.pay(shift.job)))
