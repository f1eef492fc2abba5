"""What a division's plans keep to beyond the fit: places for priority groups, and the most hours of one person a week.

A share of each shift's places is planned for people of priority groups only, those placed already counted in; whatever
stays empty then is asked of others by the waves, so that nobody's place is lost. The hours are those of the agreed
shifts of a week from Monday; nobody is planned nor asked beyond them, but who applies may work more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from linggong.audit.operations import record
from linggong.dispatch.among import array_of
from linggong.dispatch.models import Placement, PlanRule
from linggong.dispatch.reach import everywhere
from linggong.dispatch.weights import ChangeRefused, covering, one_at_a_time, read_reason, require_division
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.matching.model import Shift
from linggong.matching.planning import Snapshot

FEWEST_HOURS, MOST_HOURS = 8, 84


@dataclass(frozen=True)
class Rules:
    """The share of places for priority groups in percent, and the hours of a week; None: no limit."""

    priority_percent: int = 0
    week_hours: int | None = None


def rules_of(division: str) -> Rules:
    """The rules in force: the division's own, else those of what it lies in, else none."""
    newest = next(iter(rule_versions(division)), None)
    return Rules(newest.priority_percent, newest.week_hours) if newest else Rules()


def rule_versions(division: str) -> list[PlanRule]:
    """Every version, the one in force first: the division's own from the latest on, then those of what it lies in."""
    with everywhere("plan rules"):
        rows = list(PlanRule.objects.filter(division__in=covering(division), valid_from__lte=clock.now()))
    return sorted(rows, key=lambda row: (len(row.division), row.valid_from), reverse=True)


def set_rules(*, division: str, rules: Rules, reason: str, by: Viewer) -> PlanRule:
    """Another version, in force from the next plan on. Raises ChangeRefused, NotAllowed."""
    require_division(by, division)
    if not 0 <= rules.priority_percent <= 100:
        raise ChangeRefused(_("请填 0 到 100。"), field="priority_percent")
    if rules.week_hours is not None and not FEWEST_HOURS <= rules.week_hours <= MOST_HOURS:
        words = _("请填 %(fewest)s 到 %(most)s 小时，不限就空着。") % {"fewest": FEWEST_HOURS, "most": MOST_HOURS}
        raise ChangeRefused(words, field="week_hours")
    with within(by):
        one_at_a_time(division)
        if rules == rules_of(division):
            raise ChangeRefused(_("和现在的一样，没有要改的。"))
        made = PlanRule(
            division=division,
            valid_from=clock.now(),
            priority_percent=rules.priority_percent,
            week_hours=rules.week_hours,
            changed_by=by.name,
            reason=read_reason(reason),
        )
        made.save(force_insert=True)
        told = {"priority_percent": rules.priority_percent, "week_hours": rules.week_hours, "reason": made.reason}
        record("matching.rules_set", by=by, about=made, division=division, **told)
        return made


# ------------------------------------------------------------------ in a plan


def reserved(shifts: Iterable[Shift], percent: int) -> dict[str, int]:
    """How many open places of each shift (by id) are still to be kept for people of priority groups."""
    wanted = {shift.id: (shift.places * percent + 50) // 100 for shift in shifts}
    with everywhere("plan rules"):
        held = Placement.objects.filter(shift__in=[one for one, count in wanted.items() if count])
        first = held.filter(state__in=Placement.HOLDS_TIME).exclude(worker__priority_groups=[])
        there = {str(row[0]): row[1] for row in first.values_list("shift").annotate(Count("id"))}
    return {one: count - there.get(one, 0) for one, count in wanted.items() if count > there.get(one, 0)}


def keep_hours(snapshot: Snapshot, shifts: Collection[Shift], week_hours: int) -> Snapshot:
    """The snapshot without the pairs by which somebody would work more hours in the week of the shift."""
    long = {shift.id: _minutes(shift) for shift in shifts}
    monday = {shift.id: _monday(shift) for shift in shifts}
    length = np.array([long[one] for one in snapshot.shift_ids], np.int64)[snapshot.shift]
    left = np.full(len(snapshot.worker), week_hours * 60, np.int64)
    for week in set(monday.values()):
        worked = worked_minutes(snapshot.worker_ids, week)
        in_week = np.array([monday[one] == week for one in snapshot.shift_ids], np.bool_)[snapshot.shift]
        minutes = np.array([worked.get(one, 0) for one in snapshot.worker_ids], np.int64)
        left[in_week] -= minutes[snapshot.worker[in_week]]
    keep = length <= left
    return replace(snapshot, worker=snapshot.worker[keep], shift=snapshot.shift[keep], total=snapshot.total[keep])


def beyond_hours(shift: Shift, worker_ids: Collection[str], week_hours: int | None) -> set[str]:
    """Who of these would pass the hours of the week with this shift."""
    if week_hours is None or shift.free_times:
        return set()
    worked = worked_minutes(worker_ids, _monday(shift))
    return {one for one in worker_ids if worked.get(one, 0) + _minutes(shift) > week_hours * 60}


def worked_minutes(worker_ids: Iterable[str], monday: date) -> Mapping[str, int]:
    """The minutes of all agreed shifts that start in the week from this Monday, by worker."""
    begins = datetime.combine(monday, time(), clock.SHANGHAI)
    with everywhere("plan rules"):
        held = Placement.objects.filter(worker__id__among=array_of(worker_ids), period__isnull=False)
        in_week = held.filter(state__in=Placement.HOLDS_TIME, starts__gte=begins, starts__lt=begins + timedelta(days=7))
        rows = in_week.values_list("worker").annotate(worked=Sum(F("shift__ends") - F("shift__starts")))
        return {str(worker): round(total.total_seconds() / 60) for worker, total in rows}


def _minutes(shift: Shift) -> int:
    return round((shift.ends - shift.starts).total_seconds() / 60)


def _monday(shift: Shift) -> date:
    day = clock.local(shift.starts).date()
    return day - timedelta(days=day.weekday())
