"""收消息: what came in as plain words, read beside its text, corrected and published by keyboard."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages as said
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linggong.accounts.permissions import may
from linggong.audit import queries as audit
from linggong.intake.registration import DraftRegistration
from linggong.lib.errors import Refusal
from linggong.messages import operations, queries
from linggong.messages.models import Delivery, Draft, Message
from linggong.messages.opening import Opened, seeker_of
from linggong.messages.receiving import Received, Words
from linggong.messages.rules import severities
from linggong.posts.models import Job
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import found, own_site, reach
from linggong.web.desk.messages_form import MessageForm, PasteForm, registration_of
from linggong.web.desk.messages_words import REASONS, change_label, parts
from linggong.web.desk.worker_form import WorkerForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import consent
from linggong.workers.sheets import MOST_BYTES


@staff
def messages(request: Request) -> HttpResponse:
    """What was received, by its state; sent, the form keeps more, and reads the first of it at once."""
    form = PasteForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        received = attempt(form, request, lambda: _receive(form, request))
        if received is not None:
            return _after(received, request)
    state = request.GET.get("state", Draft.State.NEW)
    counts = queries.counts(viewer=request.viewer)
    context = {
        "form": form if may(request.viewer, "message.receive") else None,
        "counts": counts,
        "state": state,
        "states": [(value, f"{label} {counts.states[value]}") for value, label in Draft.State.choices],
        "drafts": queries.drafts(state, viewer=request.viewer),
        "severities": severities(reach(request.viewer)),
        "others": queries.others(viewer=request.viewer),
        "deliveries": queries.deliveries(viewer=request.viewer),
        "may_handle": may(request.viewer, "message.handle"),
    }
    return render(request, "desk/messages.html", context)


@staff
def progress(request: Request) -> HttpResponse:
    """How many messages still wait to be read; asked for every second."""
    counts = queries.counts(viewer=request.viewer)
    done = render(request, "desk/messages_progress.html", {"counts": counts})
    if not counts.waiting:
        done["HX-Refresh"] = "true"
    return done


@staff
def message(request: Request, draft_id: UUID) -> HttpResponse:
    """The text and the form of the job as it was read; sent, it is published and the next one opens."""
    opened = found(lambda: operations.open_draft(draft_id=draft_id, by=request.viewer))
    if opened.message.kind == Message.Kind.SEEKER:
        return redirect("desk:message_register", draft_id)
    cursor = _cursor(opened)
    form = MessageForm(request.POST or None, opened=opened, viewer=request.viewer, quiet=bool(cursor))
    if request.method == "POST" and form.is_valid():
        job = attempt(form, request, lambda: _publish(form, opened, request))
        if job is not None:
            said.success(request, _published(job, changed=request.POST.get("act") == "apply"))
            return _next(request, opened.draft)
    context = {"form": form, "cursor": cursor or form.first() or "submit", **_context(opened, request)}
    return render(request, "desk/message.html", context)


@staff
@require_POST
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Not published: a duplicate, or with its reason."""
    draft = found(lambda: queries.draft(draft_id, viewer=request.viewer))
    reason, duplicate = request.POST.get("reason", ""), request.POST.get("duplicate") == "yes"
    done = _("记作重复。") if duplicate else _("没有发布，原因记下了。")
    return _settled(
        request,
        draft,
        lambda: operations.drop(draft=draft, by=request.viewer, reason=reason, duplicate=duplicate),
        done,
    )


@staff
@require_POST
def close(request: Request, draft_id: UUID) -> HttpResponse:
    """The message takes back an earlier post."""
    opened = found(lambda: operations.open_draft(draft_id=draft_id, by=request.viewer))
    earlier = opened.earlier
    original = earlier.job or earlier.draft if earlier else None
    if original is None:
        return redirect("desk:message", draft_id)

    def act() -> Draft:
        return operations.close_original(draft=opened.draft, original=original, by=request.viewer)

    return _settled(request, opened.draft, act, _("原来那条已经撤下。"))


@staff
@require_POST
def reopen(request: Request, draft_id: UUID) -> HttpResponse:
    draft = found(lambda: queries.draft(draft_id, viewer=request.viewer))
    act_or_say(request, lambda: operations.reopen(draft=draft, by=request.viewer), _("又放回待处理了。"))
    return redirect("desk:message", draft_id)


@staff
@require_POST
def take(request: Request, message_id: UUID) -> HttpResponse:
    """A job where the reader saw none."""
    kept = found(lambda: queries.message(message_id, viewer=request.viewer))
    draft = act_or_say(request, lambda: operations.take_as_job(message=kept, by=request.viewer))
    return redirect("desk:message", draft.pk) if draft else redirect("desk:messages")


@staff
def register(request: Request, draft_id: UUID) -> HttpResponse:
    """Somebody wants work: the usual registration, filled in from the message."""
    opened = found(lambda: operations.open_draft(draft_id=draft_id, by=request.viewer))
    seeker = found(lambda: _seeker(opened))
    form = WorkerForm(request.POST or None, viewer=request.viewer, initial=registration_of(seeker, request.viewer))
    if request.method == "POST" and form.is_valid():
        by, site = request.viewer, own_site(request.viewer)
        made = attempt(form, request, lambda: operations.register(draft=opened.draft, new=form.new(), by=by, site=site))
        if made:
            said.success(
                request, _("%(name)s 登记好了，卡号 %(card)s。") % {"name": made.name, "card": made.card_number}
            )
            return _next(request, opened.draft)
    context = {"form": form, "consent": consent.PERSON, "seeker": seeker, **_context(opened, request)}
    return render(request, "desk/message_register.html", context)


# ------------------------------------------------------------------ parts


def _cursor(opened: Opened) -> str:
    """Where Enter should lead other than to the form: what may not be published is dropped, what is known set aside."""
    if any(each.stops for each in opened.judged):
        return "drop"
    if opened.corrects:
        return "close"
    return "duplicate" if opened.earlier and opened.earlier.kinship == Message.Kinship.SAME else ""


def _applies(opened: Opened) -> bool:
    """Whether there is a post into which a change can be put."""
    earlier = opened.earlier
    if earlier is None or earlier.job is None or earlier.kinship == Message.Kinship.SAME:
        return False
    return earlier.job.state in (Job.State.OPEN, Job.State.CHECKING)


def _receive(form: PasteForm, request: Request) -> Received:
    words, way, label = _words(form)
    received = operations.receive(words=words, by=request.viewer, way=way, label=form.cleaned_data["label"] or label)
    operations.read_waiting()  # the first hundred at once; `linggong work` goes on with the rest
    return received


def _words(form: PasteForm) -> tuple[tuple[Words, ...], str, str]:
    file = form.cleaned_data["file"]
    if file is None:
        return operations.of_text(form.cleaned_data["text"]), Delivery.Way.PASTE, ""
    return operations.of_file(file.name, file.read(MOST_BYTES + 1)), Delivery.Way.FILE, file.name


def _after(received: Received, request: Request) -> HttpResponse:
    """One message opens at once; many stand in the list."""
    came = len(received.messages) - received.known
    if not came:
        said.info(request, _("这些消息以前都收过，没有变化。"))
    else:
        said.success(request, _("收下 %(n)d 条，%(known)d 条以前收过。") % {"n": came, "known": received.known})
    only = list(Draft.objects.filter(message__in=received.messages)[:2])
    if len(received.messages) == 1 and only:
        return redirect("desk:message", only[0].pk)
    return redirect("desk:messages")


def _publish(form: MessageForm, opened: Opened, request: Request) -> Job:
    new, by, site = form.new(), request.viewer, own_site(request.viewer)
    reason = form.cleaned_data["reason"]
    original = opened.earlier.job if opened.earlier and request.POST.get("act") == "apply" else None
    if original is not None:
        return operations.apply_change(draft=opened.draft, job=original, new=new, by=by, site=site, reason=reason)
    return operations.publish(draft=opened.draft, new=new, by=by, site=site, newcomer=form.newcomer(), reason=reason)


def _published(job: Job, *, changed: bool) -> str:
    if changed and job.state == Job.State.OPEN:
        return _("“%(title)s”已经改好。") % {"title": job.title}
    if job.state == Job.State.OPEN:
        return _("“%(title)s”已经发布，正在找人。") % {"title": job.title}
    return _("“%(title)s”录入好了；用工主体核验通过就发布。") % {"title": job.title}


def _settled(request: Request, draft: Draft, act: Callable[[], object], done: str) -> HttpResponse:
    settled = act_or_say(request, act, done)
    return redirect("desk:message", draft.pk) if settled is None else _next(request, draft)


def _next(request: Request, draft: Draft) -> HttpResponse:
    coming = queries.next_draft(viewer=request.viewer, after=draft)
    return redirect("desk:message", coming.pk) if coming else redirect("desk:messages")


def _seeker(opened: Opened) -> DraftRegistration:
    seeker = seeker_of(opened)
    if seeker is None:
        raise Refusal(_("这条消息不是求职的。"), code="message_not_found")
    return seeker


def _context(opened: Opened, request: Request) -> dict[str, object]:
    coming = queries.next_draft(viewer=request.viewer, after=opened.draft)
    earlier = opened.earlier
    return {
        "opened": opened,
        "draft": opened.draft,
        "parts": parts(opened.text, opened.own),
        "coming": coming,
        "left": queries.counts(viewer=request.viewer).states[Draft.State.NEW],
        "reasons": REASONS,
        "applies": _applies(opened),
        "stops": any(each.stops for each in opened.judged),
        "changes": [(change_label(str(each["field"])), each) for each in earlier.changes] if earlier else [],
        "trail": audit.of_object(opened.draft.pk, limit=8),
        "more_phones": [each.value for each in opened.item.phone[1:]],
    }
