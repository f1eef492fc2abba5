"""A job as the worker reads it: the one sentence, the slip of a list, the reason."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linggong.dispatch import wording
from linggong.dispatch.pool import ShiftSuggestion, Suggestion
from linggong.lib import clock, geo
from linggong.lib.words import time_words
from linggong.posts.models import Job, Shift
from linggong.web.templatetags.ui import language, when
from linggong.workers.models import Worker

LONGEST_WALK_MINUTES = 60


@dataclass(frozen=True)
class Slip:
    """One job of a list, in the words of `components/job_card.html`."""

    url: str
    title: SafeString
    pay: str
    when: str
    where: SafeString
    far: str
    places: str
    settlement: str
    provided: str
    reason: str = ""


def said(text: str) -> SafeString:
    """What people typed stays Chinese on an English page, and says so."""
    return format_html('<span lang="zh">{}</span>', text)


def slip(shift: Shift, far_m: int | None = None, reason: str = "") -> Slip:
    job = shift.job
    return Slip(
        url=reverse("worker:job", args=[shift.id]),
        title=said(job.title),
        pay=wording.pay(job),
        when=wording.when(shift),
        where=said(job.place_name),
        far=far(far_m),
        places=places(shift),
        settlement=job.get_settlement_display(),
        provided=provided(job),
        reason=reason,
    )


def slip_of(found: ShiftSuggestion) -> Slip:
    """A suggested job with its reason."""
    return slip(found.shift, found.distance_m, reason(found))


def reason(found: ShiftSuggestion | Suggestion) -> str:
    """Why these two fit, in the reader's language."""
    return found.reason_en if language() == "en" else found.reason_zh


def sentence(shift: Shift, far_m: int | None) -> SafeString:
    """The one sentence: 明天 周三 11月25日 7:30 到 17:30，卸货，要 3 个人，一天 220 元，日结 … 去不去？"""
    job = shift.job
    parts = [
        wording.when(shift),
        said(job.title),
        _("要 %(n)s 个人") % {"n": shift.places},
        wording.pay(job),
        job.get_settlement_display(),
        format_html(_("在{}"), said(job.place_name)),
        *([_("离您 %(far)s") % {"far": far(far_m)}] if far_m is not None else []),
        *([provided(job)] if provided(job) else []),
    ]
    return format_html("{}{}", format_html_join(_("，"), "{}", ((part,) for part in parts)), _("。去不去？"))


def far(metres: int | None) -> str:
    """'1.4 公里，走路 23 分钟'; nothing where the distance is not known."""
    if metres is None:
        return ""
    words, minutes = geo.distance_words(metres, language()), geo.walking_minutes(metres)
    return words if minutes > LONGEST_WALK_MINUTES else _("%(far)s，走路 %(n)s 分钟") % {"far": words, "n": minutes}


def by_words(moment: datetime | None) -> str:
    """Until when to answer: today only the time, as people say it."""
    if moment is None:
        return ""
    return time_words(moment) if clock.local(moment).date() == clock.today() else when(moment)


def distance_m(worker: Worker, shift: Shift) -> int | None:
    """Metres from where the worker lives, as far as that is known."""
    if worker.latitude is None or worker.longitude is None:
        return None
    return geo.distance_m(worker.latitude, worker.longitude, shift.latitude, shift.longitude)


def places(shift: Shift) -> str:
    left = shift.places - shift.taken
    words = {"all": shift.places, "left": left}
    return _("要 %(all)s 人，还缺 %(left)s 人") % words if left > 0 else _("要 %(all)s 人，已经满了") % words


def provided(job: Job) -> str:
    """管饭、管住、有车接送"""
    offered = [(job.meals, _("管饭")), (job.lodging, _("管住")), (job.transport, _("有车接送"))]
    return _("、").join(word for has, word in offered if has)
