"""One shift: who is asked, who comes, who came, and what can be done about those who do not."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.attendance import operations as attendance
from linggong.attendance.models import Attendance
from linggong.dispatch import known
from linggong.dispatch import operations as dispatch
from linggong.dispatch import queries as placing
from linggong.dispatch.models import Offer
from linggong.foundation.viewer import Viewer
from linggong.posts import operations as posting
from linggong.posts.models import Shift
from linggong.web.acting import act_or_say, attempt
from linggong.web.employer.board import boards
from linggong.web.employer.pages import number, show
from linggong.web.employer.people import persons
from linggong.web.employer.side import of_offer, of_shift
from linggong.web.forms import PlainForm
from linggong.web.requests import Request


class RefuseForm(PlainForm):
    words = forms.CharField(
        label=_("想对他说什么？"), max_length=200, required=False, help_text=_("他会收到，说句实在话就行。")
    )


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("为什么取消？"), max_length=200, help_text=_("工人会看到。"))


@require_GET
@of_shift
def shift(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """Everything about one shift on one page."""
    [row] = boards([shift])
    people = persons(placing.placements(shift=shift))
    return show(
        request,
        "shift",
        shift=shift,
        job=shift.job,
        row=row,
        people=people,
        expected=[person for person in people if person.placement.state == "confirmed"],
        named=list(shift.offers.filter(origin=Offer.Origin.NAMED, state=Offer.State.WAITING)),
    )


@require_POST
@of_shift
def change_places(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """More people, or fewer."""
    places = number(request.POST.get("places", ""))
    act_or_say(request, lambda: posting.change_places(shift=shift, places=places, by=by), _("人数改好了。"))
    return redirect("employer:shift", shift.id)


@require_POST
@of_shift
def ask_more(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """The next wave now, without waiting for the last one's answers."""
    sent = act_or_say(request, lambda: [dispatch.start_waves(shift=shift, by=by)])
    if sent and sent[0] and sent[0].size:
        messages.success(request, _t("又问了 %(n)s 个人。") % {"n": sent[0].size})
    elif sent:
        messages.warning(request, _t("现在没有别的合适的人可问，或者时间太晚。市场窗口会接着想办法。"))
    return redirect("employer:shift", shift.id)


@require_http_methods(["GET", "POST"])
@of_shift
def by_name(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """点名: those who have worked here before."""
    if request.method == "POST":
        worker_id = _id(request.POST.get("worker", ""))
        done = _t("问他了，半小时内答复。他点“去”就定下。")
        if worker_id:
            act_or_say(request, lambda: known.ask_by_name(shift=shift, worker_id=worker_id, by=by), done)
        return redirect("employer:shift", shift.id)
    return show(request, "by_name", shift=shift, people=persons(known.worked_before(shift=shift, by=by)))


@require_GET
@of_shift
def code(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """The code that workers scan at the site: on this screen, or printed."""
    letters = attendance.site_code(shift)
    path = reverse("worker:arrive", args=[shift.id, letters])
    return show(request, "code", shift=shift, letters=letters, address=request.build_absolute_uri(path))


@require_POST
@of_shift
def roll_call(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """Everybody who is ticked has come."""
    ticked = set(request.POST.getlist("came"))
    came = [held for held in placing.placements(shift=shift) if str(held.id) in ticked]
    check_in = partial(attendance.check_in, by=by, way=Attendance.Way.EMPLOYER)
    noted = [held for held in came if act_or_say(request, partial(check_in, placement=held))]
    if noted:
        messages.success(request, _t("记下了，%(n)s 个人到了。") % {"n": len(noted)})
    elif not came:
        messages.warning(request, _t("还没有打勾。谁到了，就在名字前面打勾。"))
    return redirect("employer:shift", shift.id)


@require_http_methods(["GET", "POST"])
@of_shift
def cancel(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """The whole shift falls away; everybody is told why."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, request, lambda: dispatch.cancel_shift(shift=shift, by=by, reason=reason)):
            messages.success(request, _t("这一班取消了，定好的人都收到消息了。"))
            return redirect("employer:job", shift.job_id)
    return show(request, "cancel", form=form, shift=shift, back=reverse("employer:shift", args=[shift.id]))


# ------------------------------------------------------------------ applicants


@require_POST
@of_offer
def confirm(request: Request, offer: Offer, by: Viewer) -> HttpResponse:
    """要他"""
    done = _t("定了，%(name)s 会来。") % {"name": offer.worker_name}
    act_or_say(request, lambda: dispatch.confirm(offer=offer, by=by), done)
    return redirect("employer:shift", offer.shift_id)


@require_http_methods(["GET", "POST"])
@of_offer
def refuse(request: Request, offer: Offer, by: Viewer) -> HttpResponse:
    """不要他, with a word that he is told."""
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, request, lambda: dispatch.refuse(offer=offer, by=by, words=words)):
            messages.success(request, _t("告诉他了。"))
            return redirect("employer:shift", offer.shift_id)
    return show(request, "refuse", form=form, offer=offer, back=reverse("employer:shift", args=[offer.shift_id]))


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
