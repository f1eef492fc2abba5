"""What a hall screen shows: jobs, calls, figures and the day's chart, in words that are read from eight metres."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from linggong.dispatch import wording
from linggong.lib import clock, geo, words
from linggong.notices.models import Notice
from linggong.notices.queries import hall_calls
from linggong.places.models import Site
from linggong.posts.models import Job, Shift
from linggong.web.hall.figures import Day, day, open_in
from linggong.web.templatetags.ui import language

ROWS = 6
"""Jobs on one page of the screen."""
MOST = 8 * ROWS
URGENT = timedelta(hours=3)
BEGUN = timedelta(hours=1)
"""A shift that began longer ago stands behind those one can still be in time for."""
CHART_HEIGHT = 100

_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True)
class Row:
    """One job."""

    trade: str
    pay: str
    when: str
    far: str
    places: str
    urgent: bool


@dataclass(frozen=True)
class Call:
    """A call-out: as it is read, and as the voice says it."""

    id: str
    text: str
    spoken: str


def board(site: Site, division: str) -> dict[str, Any]:
    """All that changes on the screen of a division, as JSON knows it; distances are from the site."""
    today = day(division)
    return {
        "at": words.time_words(clock.now()),
        "rows": [asdict(_row(shift, site)) for shift in _most_urgent(division)],
        "calls": [asdict(_call(notice)) for notice in hall_calls(division)],
        "figures": asdict(today.figures),
        **_chart(today),
    }


def spoken(text: str) -> str:
    """Card numbers are read out digit by digit: '卡号 1 0 3 7'."""
    return _NUMBER.sub(lambda number: " ".join(number[0]), text)


def _most_urgent(division: str) -> QuerySet[Shift]:
    """The soonest start first; what has long begun and what is done at home come last."""
    later = Q(starts__lt=clock.now() - BEGUN) | Q(job__kind=Job.Kind.PIECEWORK)
    return open_in(division).order_by(Case(When(later, then=1), default=0), "starts", "id")[:MOST]


def _row(shift: Shift, site: Site) -> Row:
    away = geo.distance_m(site.latitude, site.longitude, shift.latitude, shift.longitude)
    soon = shift.starts - clock.now() < URGENT
    return Row(
        trade=wording.trade(shift.trade),
        pay=wording.pay(shift.job),
        when=_when(shift),
        far=_("离这里 %(far)s") % {"far": geo.distance_words(away, language())},
        places=_("缺 %(n)s 人") % {"n": shift.places - shift.taken},
        urgent=soon and not _has_begun(shift, clock.now()) and shift.job.kind == Job.Kind.SHIFT,
    )


def _has_begun(shift: Shift, now: datetime) -> bool:
    return shift.starts < now - BEGUN


def _when(shift: Shift) -> str:
    """'今天 14:00 到 18:00', as short as it can be said."""
    if shift.job.kind == Job.Kind.PIECEWORK:
        return wording.when(shift)
    first, last = clock.local(shift.starts).date(), clock.local(shift.ends).date()
    names = {0: _("今天"), 1: _("明天"), 2: _("后天")}
    name = names.get((first - clock.today()).days) or words.day_words(first, clock.today(), language())
    told = {"day": name, "begin": words.time_words(shift.starts), "end": words.time_words(shift.ends)}
    return (_("%(day)s %(begin)s 到 %(end)s") if first == last else _("%(day)s %(begin)s 到第二天 %(end)s")) % told


def _call(notice: Notice) -> Call:
    return Call(str(notice.id), notice.text, spoken(notice.text))


def _chart(today: Day) -> dict[str, Any]:
    """Heights of two bars an hour, registrations and arrivals, and what the highest stands for."""
    peak = max(*today.registered, *today.arrived)
    pairs = zip(today.registered, today.arrived, strict=True)
    return {"peak": peak, "bars": [_height(count, peak) for pair in pairs for count in pair]}


def _height(count: int, peak: int) -> int:
    return round(CHART_HEIGHT * count / peak) if peak else 0
