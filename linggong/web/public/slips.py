"""A job as anybody reads it without signing in."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linggong.dispatch import wording
from linggong.lib import clock
from linggong.posts.models import Job, Shift
from linggong.web.worker.slips import Slip, places, provided, said

URGENT = timedelta(hours=3)


def slip(shift: Shift) -> Slip:
    """One job of the public list."""
    job = shift.job
    return Slip(
        url=reverse("public:job", args=[shift.id]),
        title=said(job.title),
        pay=wording.pay(job),
        when=wording.when(shift),
        where=said(job.place_name),
        far="",
        places=places(shift),
        settlement=str(job.get_settlement_display()),
        provided=provided(job),
    )


def is_urgent(shift: Shift) -> bool:
    """Whether it starts within hours."""
    return timedelta() < shift.starts - clock.now() < URGENT and shift.job.kind == Job.Kind.SHIFT


def cards(shifts: list[Shift]) -> list[dict[str, Any]]:
    """The jobs of a list, as `public/cards.html` takes them."""
    return [{"slip": slip(shift), "urgent": is_urgent(shift)} for shift in shifts]


def sentence(shift: Shift) -> SafeString:
    """明天 周三 11月25日 7:30 到 17:30，在马厂镇物流园，卸货，要 3 个人，一天 220 元，日结，管饭。"""
    job = shift.job
    parts = [
        wording.when(shift),
        format_html(_("在{}"), said(job.place_name)),
        said(job.title),
        _("要 %(n)s 个人") % {"n": shift.places},
        wording.pay(job),
        str(job.get_settlement_display()),
        *([provided(job)] if provided(job) else []),
    ]
    return format_html("{}{}", format_html_join(_("，"), "{}", ((part,) for part in parts)), _("。"))
