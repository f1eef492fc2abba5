"""Filters and tags of the design system: `{% load ui %}`. The components are shown at /styleguide/."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linggong.lib import clock, geo, money, trades, words
from linggong.web.preferences import TEXT_SIZES, text_size_of

register = template.Library()

SPRITE = Path(__file__).parents[2] / "static/linggong/icons.svg"
CHOICE_WIDGETS = ("radio", "checkbox")
FIRST_PAGES = ("/", "/worker/", "/employer/", "/desk/", "/styleguide/")


def language() -> str:
    """`zh` or `en`, as the pure packages call the language now in use."""
    return (get_language() or "zh").partition("-")[0]


# ---- words ---------------------------------------------------------------------------------------------------


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as yuan in the reader's language; nothing for None."""
    return "" if fen is None else money.yuan(fen, language())


@register.filter
def day(value: date | datetime | None) -> str:
    """A date, or the day of a moment in China, as people say it: 明天 周三 11月25日."""
    if value is None:
        return ""
    local_day = clock.local(value).date() if isinstance(value, datetime) else value
    return words.day_words(local_day, clock.today(), language())


@register.filter
def when(starts: datetime | None, ends: datetime | None = None) -> str:
    """A moment as people say it, or with an end the whole period: `{{ starts|when:ends }}`."""
    if starts is None:
        return ""
    if ends is not None:
        return words.period_words(starts, ends, clock.today(), language())
    return f"{day(starts)} {words.time_words(starts)}"


@register.filter
def distance(metres: int | None) -> str:
    """Metres as people say them: 1.4 公里."""
    return "" if metres is None else geo.distance_words(metres, language())


@register.filter
def trade_name(code: str) -> str:
    """The trade of a code in the reader's language."""
    return trades.name(code, language())


# ---- pictures ------------------------------------------------------------------------------------------------


@cache
def sprite() -> dict[str, str]:
    """Every icon of the sprite: its name and what is drawn."""
    symbols = re.findall(r'<symbol id="([\w-]+)" viewBox="0 0 24 24">(.*?)</symbol>', SPRITE.read_text("utf-8"))
    return dict(symbols)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon drawn into the page (no request, no script); words beside it say what it means."""
    shapes = SafeString(sprite()[name])
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', shapes)


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """A QR code of a text or an address, drawn into the page; CSS gives it its size."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=2)
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>', label or _("二维码"), SafeString(drawing)
    )


# ---- frame ---------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def text_size(context: template.Context) -> int:
    """The text size this reader chose on the worker's pages, in px."""
    return text_size_of(context.get("request"))


@register.inclusion_tag("components/text_size.html", takes_context=True)
def text_size_switch(context: template.Context) -> dict[str, Any]:
    """Four sizes to choose from; works without scripts."""
    return {**_request_parts(context), "sizes": TEXT_SIZES, "chosen": text_size_of(context.get("request"))}


@register.inclusion_tag("components/language.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """One key to the other language, back to the same page."""
    other = ("en", "English") if language() == "zh" else ("zh-hans", "中文")
    return {**_request_parts(context), "code": other[0], "name": other[1]}


def _request_parts(context: template.Context) -> dict[str, Any]:
    return {"request": context.get("request"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/tab.html", takes_context=True)
def tab(context: template.Context, route: str, icon_name: str, label: str, count: int = 0) -> dict[str, Any]:
    """One tab or one entry of a bar: the route's name, icon, word, and how many things wait behind it."""
    return {**_entry(context, route, label), "icon": icon_name, "count": count}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: template.Context, route: str, label: str, key: str = "", count: int = 0) -> dict[str, Any]:
    """One entry of a top bar; `key` is the desk's shortcut for it."""
    return {**_entry(context, route, label), "key": key, "count": count}


def _entry(context: template.Context, route: str, label: str) -> dict[str, Any]:
    url = reverse(route)
    request = context.get("request")
    return {"url": url, "label": label, "current": request is not None and _is_within(request.path, url)}


def _is_within(path: str, url: str) -> bool:
    """Whether a page is the entry's own or lies below it; the first page of a surface stands for itself only."""
    return path == url or (url not in FIRST_PAGES and path.startswith(url))


# ---- forms ---------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, unit: str = "", inline: bool = False, css: str = "") -> SafeString:
    """One question of a form: label, hint, error, and the input; `unit` stands behind it."""
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    kind = getattr(bound.field.widget, "input_type", "")
    grouped = bool(bound.field.widget.use_fieldset) and kind in CHOICE_WIDGETS
    context = {
        "field": bound,
        "unit": unit or getattr(bound.field, "unit", ""),
        "inline": inline,
        "css": css,
        "grouped": grouped,
        "single": kind == "checkbox" and not grouped,
        "optional": not bound.field.required and kind != "checkbox",
    }
    return SafeString(render_to_string("components/field.html", context))


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All questions of a form in order, after its error summary."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What has to be put right, on top, each line leading to its field."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors], "general": form.non_field_errors()}


# ---- notices -------------------------------------------------------------------------------------------------

KIND_OF_MESSAGE = {"success": "good", "warning": "hand", "error": "bad"}
ICON_OF_KIND = {"good": "check", "hand": "alert", "bad": "alert"}


@register.filter
def notice_kind(message: Message) -> str:
    """The kind of notice in which a message of Django's framework is shown."""
    return KIND_OF_MESSAGE.get(message.level_tag, "")


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of notice, so that colour is never its only sign."""
    return ICON_OF_KIND.get(kind, "info")


@register.filter
def nth(values: Sequence[Any], index: int) -> Any:
    """The value at a place, counted from 0."""
    return values[index]


# ---- blocks with content --------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, kind: str = "", title: str = "") -> SafeString:
    """`{% notice "hand" title %}…{% endnotice %}`; kinds: (none), good, hand, bad."""
    context = {"content": content, "kind": kind, "title": title}
    return SafeString(render_to_string("components/notice.html", context))


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """`{% dialog "help" title %}…{% enddialog %}`; opened by a link to its id, with or without scripts."""
    return SafeString(render_to_string("components/dialog.html", {"content": content, "id": id, "title": title}))


@register.simple_block_tag
def job_card(content: str, **job: Any) -> SafeString:
    """`{% job_card trade=… pay=… when=… %}buttons{% endjob_card %}`; see components/job_card.html for the names."""
    return SafeString(render_to_string("components/job_card.html", {**job, "content": SafeString(content.strip())}))
