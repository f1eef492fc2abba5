"""消息 and 我的: what was said to the employer, and what is kept about it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linggong.employers.own import choose_confirmation
from linggong.notices import operations as telling
from linggong.notices import queries as notices
from linggong.places.queries import name_of
from linggong.web.acting import act_or_say
from linggong.web.employer.job_form import INSTANT
from linggong.web.employer.pages import me, show
from linggong.web.forms import PlainForm
from linggong.web.guards import employer_only
from linggong.web.requests import Request


class ConfirmationForm(PlainForm):
    instant = forms.ChoiceField(label=_("有人报名，怎么定？"), choices=INSTANT, widget=forms.RadioSelect)


@require_http_methods(["GET", "POST"])
@employer_only
def messages(request: Request) -> HttpResponse:
    """The latest messages; one touch marks them all as seen."""
    if request.method == "POST":
        telling.mark_read(viewer=request.viewer)
        return redirect("employer:messages")
    return show(request, "messages", inbox=notices.inbox(viewer=request.viewer))


@require_http_methods(["GET", "POST"])
@employer_only
def mine(request: Request) -> HttpResponse:
    """Own data, and how people are chosen."""
    employer = me(request)
    form = ConfirmationForm(request.POST or None, initial={"instant": "yes" if employer.instant_confirmation else "no"})
    if request.method == "POST" and form.is_valid():
        instant = form.cleaned_data["instant"] == "yes"
        by = request.viewer
        act_or_say(request, lambda: choose_confirmation(employer=employer, instant=instant, by=by), _("改好了。"))
        return redirect("employer:me")
    return show(request, "me", employer=employer, form=form, place=name_of(employer.division))
