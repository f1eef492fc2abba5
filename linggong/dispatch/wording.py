"""What is said to people about work, in the words they use themselves."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linggong.lib import clock, geo, money, trades, words
from linggong.lib.text import choose
from linggong.posts.models import Job, Shift

NEXT_DOOR_M = 50
"""Nearer than this no distance is named: positions are no more exact than that."""


def invitation(shift: Shift, distance_m: int | None = None) -> str:
    """明天 周三 11月25日 7:30 到 17:30，搬运 3 个人，一天 220 元，日结，离您 1.4 公里，走路 18 分钟。去不去？"""
    language = _language()
    job = shift.job
    parts = [
        when(shift),
        _("%(title)s %(places)s 个人") % {"title": job.title, "places": shift.places},
        pay(job),
        str(job.get_settlement_display()),
        job.place_name,
    ]
    if distance_m is not None and distance_m >= NEXT_DOOR_M:
        walk = geo.walking_minutes(distance_m)
        parts.append(_("离您 %(far)s") % {"far": geo.distance_words(distance_m, language)})
        if walk <= 60:
            parts.append(_("走路 %(minutes)s 分钟") % {"minutes": walk})
    if job.meals:
        parts.append(_("管饭"))
    return _("，").join(parts) + _("。去不去？")


def when(shift: Shift) -> str:
    """The time of a shift as people say it; for piecework, the day it is handed in."""
    language = _language()
    if shift.job.kind == Job.Kind.PIECEWORK:
        return _("在家做，%(day)s 前交") % {
            "day": words.day_words(clock.local(shift.ends).date(), clock.today(), language)
        }
    return words.period_words(shift.starts, shift.ends, clock.today(), language)


def pay(job: Job) -> str:
    """一天 220 元"""
    zh, en = money.PAY_UNITS[job.pay_unit]
    language = _language()
    sum_ = money.yuan(job.pay_fen, language)
    return choose(language, f"{zh} {sum_}", f"{sum_} {en}")


def trade(code: str) -> str:
    return trades.name(code, _language())


def _language() -> str:
    return choose(get_language() or "zh", "zh", "en")
