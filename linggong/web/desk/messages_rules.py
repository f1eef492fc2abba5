"""How a division screens messages: its rules, its minimum wage, and the assistants that may send."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linggong.accounts.permissions import may
from linggong.intake import screening
from linggong.intake.screening import Finding
from linggong.lib import clock
from linggong.messages import operations, queries, rules
from linggong.messages.models import RuleSetting, Severity
from linggong.places.queries import minimum_wage
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import found, reach
from linggong.web.desk.messages_form import RuleForm, SourceForm
from linggong.web.guards import staff
from linggong.web.requests import Request


@dataclass(frozen=True)
class Row:
    """A rule as it stands at the division, with the form to change it."""

    finding: Finding
    severity: str
    setting: RuleSetting | None
    form: RuleForm


@staff
def page(request: Request) -> HttpResponse:
    """The rules in force; an administrator changes one with a reason."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, code = form.cleaned_data, reach(request.viewer)
        changed = attempt(form, request, lambda: operations.set_severity(code=code, by=request.viewer, **data))
        if changed:
            return redirect("desk:message_rules")
    return _page(request, form)


@staff
@require_POST
def add_source(request: Request) -> HttpResponse:
    """The same page, once, with the new assistant's secret."""
    form, code, by = SourceForm(request.POST), reach(request.viewer), request.viewer
    made = None
    if form.is_valid():
        name = form.cleaned_data["name"]
        made = attempt(form, request, lambda: operations.add_source(name=name, code=code, by=by))
    return _page(request, RuleForm(), source_form=SourceForm() if made else form, made=made)


@staff
@require_POST
def revoke_source(request: Request, source_id: UUID) -> HttpResponse:
    source, by = found(lambda: queries.source(source_id, viewer=request.viewer)), request.viewer
    act_or_say(request, lambda: operations.revoke_source(source=source, by=by), _("已经停用。"))
    return redirect("desk:message_rules")


def _page(
    request: Request, sent: RuleForm, source_form: SourceForm | None = None, made: tuple[object, str] | None = None
) -> HttpResponse:
    code = reach(request.viewer)
    source, secret = made or (None, "")
    context = {
        "rows": list(_rows(code, sent)),
        "wage": minimum_wage(code, clock.today()) if code else None,
        "sources": queries.sources(viewer=request.viewer),
        "source_form": source_form or SourceForm(),
        "source": source,
        "secret": secret,
        "address": request.build_absolute_uri(reverse("api:hook_messages", args=[source.pk])) if source else "",  # type: ignore[attr-defined]
        "may_set": may(request.viewer, "screening.set") and bool(code),
    }
    return render(request, "desk/message_rules.html", context)


def _rows(code: str, sent: RuleForm) -> list[Row]:
    at_place = rules.severities(code)
    settings = {row.rule: row for row in RuleSetting.objects.filter(division=code)}
    return [
        Row(screening.finding(rule), at_place[rule], settings.get(rule), _form(rule, at_place[rule], sent))
        for rule in screening.RULES
    ]


def _form(rule: str, severity: str, sent: RuleForm) -> RuleForm:
    """The form that was sent keeps its errors; the others show what is in force."""
    form = (
        sent
        if sent.is_bound and sent.data.get("rule") == rule
        else RuleForm(initial={"rule": rule, "severity": severity})
    )
    form.auto_id = f"id_{rule}_%s"
    if not rules.may_be_off(rule):
        form.fields["severity"].choices = [each for each in Severity.choices if each[0] != Severity.OFF]  # type: ignore[attr-defined]
    return form
