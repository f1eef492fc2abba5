"""Words and small parts that only the desk's pages use: `{% load desk %}`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from linggong.accounts.permissions import may as role_may
from linggong.dispatch import pool, wording
from linggong.dispatch.models import Offer
from linggong.dispatch.pool import ShiftSuggestion, Suggestion
from linggong.foundation.viewer import EVERYWHERE, Viewer
from linggong.lib import clock
from linggong.lib.text import choose
from linggong.lib.words import duration_words, time_words
from linggong.matching.explanation import Language
from linggong.places.queries import name_of
from linggong.posts.models import Job, Shift
from linggong.web.desk.acts import request_key
from linggong.web.desk.words import ACTS, FIELDS
from linggong.web.templatetags.ui import language, when

register = template.Library()


@register.filter
def may(viewer: Viewer, act: str) -> bool:
    """Whether this role does such acts; pages show the others no button."""
    return role_may(viewer, act)


@register.filter
def pay(job: Job) -> str:
    """一天 220 元"""
    return wording.pay(job)


@register.filter
def period(shift: Shift) -> str:
    """明天 周三 11月25日 7:30 到 17:30; for piecework, when it is handed in."""
    return wording.when(shift)


@register.filter
def begun(shift: Shift) -> bool:
    """Whether its hours can be confirmed already."""
    return shift.starts <= clock.now()


@register.filter
def place(division: str) -> str:
    """潞州区 马厂镇"""
    return _("全国") if division == EVERYWHERE else name_of(division)


@register.filter
def digit(place: int) -> str:
    """The key of a row by its place from 1; rows after the ninth have none."""
    return str(place) if place < 10 else ""


@register.filter
def act_words(act: str) -> str:
    """An act of the audit trail in words; one without words stands as it is."""
    return str(ACTS.get(act, act))


@register.filter
def field_words(field: str) -> str:
    return str(FIELDS.get(field, field))


@register.filter
def at(moment: datetime | None) -> str:
    """A moment in a dense list: today's is only its hour."""
    if moment is None:
        return ""
    return time_words(moment) if clock.local(moment).date() == clock.today() else when(moment)


@register.filter
def duration(minutes: int | None) -> str:
    """8 小时"""
    return "" if minutes is None else duration_words(minutes, language())


@register.filter
def wage_line(line: dict[str, Any]) -> str:
    """What one line of a wage slip is for, and how many of it."""
    label = choose(language(), line["label_zh"], line["label_en"])
    return f"{label} × {Decimal(line['count']).normalize():f}"


@register.filter
def open_places(shift: Shift) -> int:
    """How many people are still wanted."""
    return shift.places - shift.taken


@register.simple_tag
def today() -> date:
    """Today in China."""
    return clock.today()


@register.filter
def said(row: Any, part: str) -> str:
    """What a row keeps in both languages: `{{ finding|said:"sentence" }}`."""
    return str(choose(language(), getattr(row, f"{part}_zh"), getattr(row, f"{part}_en")))


@register.filter
def why(each: Offer | Suggestion | ShiftSuggestion) -> str:
    """Why somebody was asked or these two fit, worded for the clerk; where only the worker's words were kept, these."""
    spoken: Language = "en" if language() == "en" else "zh"
    if not isinstance(each, Offer):
        return pool.why(each.ranked, spoken, "clerk")
    kept: dict[str, str] = each.fit.get("clerk", {})
    return kept.get(spoken) or said(each, "reason")


@register.inclusion_tag("desk/act.html", takes_context=True)
def act(
    context: template.Context,
    url: str,
    label: str,
    key: str = "",
    kind: str = "secondary",
    main: bool = False,
    **values: Any,
) -> dict[str, Any]:
    """One act under one key: a button that sends `values` and comes back to this page; `main`: Enter in its row."""
    return {
        "main": main,
        "url": url,
        "label": label,
        "key": key,
        "kind": kind,
        "values": values.items(),
        "csrf_token": context.get("csrf_token"),
        "here": context["request"].get_full_path(),
    }


@register.simple_tag
def kept_of(record: Any) -> str:
    """How reliable somebody has been, as a sentence; empty for a newcomer."""
    agreed = record.kept + record.missed if record else 0
    return _("约好 %(agreed)d 次，来了 %(kept)d 次") % {"agreed": agreed, "kept": record.kept} if agreed else ""


@register.simple_tag
def fresh_key() -> str:
    """Names one act that must not happen twice when its button is pressed twice."""
    return request_key()
