"""The division's plan for the hours ahead: who should go where, so that most places are filled, then filled best.

Looked at each minute: what has changed is repaired at the prices of the last plan, and the whole is proved the best
again. Waves ask those first who are planned for their shift.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.dispatch import rules
from linggong.dispatch.market import market
from linggong.dispatch.models import DayPlan
from linggong.dispatch.shifts import shift_for_engine
from linggong.dispatch.weights import weights_of
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.matching import model as engine
from linggong.matching import planning
from linggong.matching.index import WorkerIndex
from linggong.matching.replanning import Change, Standing, begin, difference, go_on, restored_change
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift

COUNTY_DIGITS = 6
AHEAD = timedelta(hours=36)
EVERY = timedelta(minutes=1)
KEPT = timedelta(days=7)
HOLDS = timedelta(minutes=30)
"""A plan that nobody has looked at for longer is no guide any more."""
LONGEST_CHAIN = 60
"""After so many changes a plan is made from nothing again, so that none takes long to replay."""
LARGEST_CHANGE = 0.25
"""A change of more of the pairs is no repair: it is planned from nothing."""


class PlanUnknown(Refusal):
    """There is no such plan."""

    code = "plan_unknown"


def plan_all() -> int:
    """A plan for each county with open shifts ahead, where something has changed; return how many were made.

    Called by the background work.
    """
    with within(system("planning")):
        _forget_old()
        counties = {
            division[:COUNTY_DIGITS] for division in _ahead("").order_by().values_list("division", flat=True).distinct()
        }
        fresh = DayPlan.objects.filter(looked_at__gte=clock.now() - EVERY)
        planned = set(fresh.values_list("division", flat=True))
    return sum(plan(county) is not None for county in sorted(counties - planned))


def plan(division: str) -> DayPlan | None:
    """Plan the open shifts of a division that start soon; None if the last plan still holds, for the same market."""
    snapshot, position = _market_now(division)
    with within(system("planning", division)):
        held = _held_for(division, snapshot)
        change = difference(held.standing.snapshot, snapshot) if held else None
        if held and change is not None and change.empty:
            DayPlan.objects.filter(pk=held.row.pk).update(looked_at=clock.now(), log_position=position)
            return None
        made = _going_on(held, change) if held and change is not None and _is_small(held, change) else _anew(snapshot)
        made.row.division, made.row.log_position = division, position
        made.row.save(force_insert=True)
        _held[division] = made
        return made.row


@dataclass(frozen=True)
class _Held:
    """The last plan of a division in this process, with its prices."""

    row: DayPlan
    standing: Standing


_held: dict[str, _Held] = {}


def _held_for(division: str, snapshot: planning.Snapshot) -> _Held | None:
    """What may be gone on from: by the same weights, and not rolled back since."""
    held = _held.get(division)
    if held is None or held.row.weights_version != snapshot.weights_version:
        return None
    return held if DayPlan.objects.filter(pk=held.row.pk).exists() else None


def _is_small(held: _Held, change: Change) -> bool:
    return held.row.link < LONGEST_CHAIN and len(change.worker) <= LARGEST_CHANGE * len(held.standing.snapshot.worker)


def _anew(snapshot: planning.Snapshot) -> _Held:
    standing = begin(snapshot)
    return _Held(_row(standing, snapshot.stored()), standing)


def _going_on(held: _Held, change: Change) -> _Held:
    standing, row = go_on(held.standing, change), held.row
    return _Held(_row(standing, change.stored(), base_id=row.base_id or row.pk, link=row.link + 1), standing)


def _row(standing: Standing, stored: bytes, **place_in_chain: Any) -> DayPlan:
    return DayPlan(
        snapshot=stored,
        placements=standing.by_shift(),
        places=int(standing.snapshot.places.sum()),
        filled=standing.certificate.filled,
        total_fit=standing.certificate.total_fit,
        proved=standing.certificate.ok,
        weights_version=standing.snapshot.weights_version,
        looked_at=clock.now(),
        **place_in_chain,
    )


def latest(division: str) -> DayPlan | None:
    """The plan that guides the division now, without its snapshot; None where there is none or it is old."""
    with within(system("planning")):
        held = DayPlan.objects.filter(division=division[:COUNTY_DIGITS], looked_at__gte=clock.now() - HOLDS)
        return held.defer("snapshot").order_by("-looked_at").first()


def replay(plan_id: UUID) -> tuple[DayPlan, bool]:
    """A stored plan, and whether its snapshot leads to the very same answer today. Raises PlanUnknown."""
    with within(system("replay")):
        kept = DayPlan.objects.filter(pk=plan_id).first()
        if kept is None:
            raise PlanUnknown(_("没有这个计划，可能已经过了保存期。"))
        base = kept.base_id or kept.pk
        chain = DayPlan.objects.filter(Q(pk=base) | Q(base=base, link__lte=kept.link))
        first, *changes = map(bytes, chain.order_by("link").values_list("snapshot", flat=True))
    again = begin(planning.restored(first))
    for stored in changes:
        again = go_on(again, restored_change(stored))
    placements = {shift_id: sorted(workers) for shift_id, workers in kept.placements.items()}
    answer = (placements, kept.filled, kept.total_fit)
    return kept, answer == (again.by_shift(), again.certificate.filled, again.certificate.total_fit)


def order(plan: DayPlan | None, shift: Shift) -> Callable[[str], int]:
    """Who is asked first: those planned for this shift, then those planned for none, then those of other shifts."""
    placements = plan.placements if plan else {}
    planned_for = {worker_id: shift_id for shift_id, workers in placements.items() for worker_id in workers}

    def turn(worker_id: str) -> int:
        there = planned_for.get(worker_id)
        return 1 if there is None else 0 if there == str(shift.id) else 2

    return turn


def _forget_old() -> None:
    """Plans that nobody has looked at for a week go, with their whole chain once none of it is younger."""
    old = clock.now() - KEPT
    younger = DayPlan.objects.filter(base=OuterRef("pk"), looked_at__gte=old)
    DayPlan.objects.filter(base=None, looked_at__lt=old).exclude(Exists(younger)).delete()


def _ahead(division: str) -> "QuerySet[Shift]":
    soon = posts.open_shifts().filter(starts__gt=clock.now(), starts__lt=clock.now() + AHEAD)
    return soon.filter(division__startswith=division).exclude(job__kind=Job.Kind.PIECEWORK).order_by("starts", "id")


def _market_now(division: str) -> tuple[planning.Snapshot, int]:
    """All eligible pairs of the hours ahead that the division's rules allow, and the place in the log they reflect."""
    with within(system("planning", division)):
        shifts = [shift_for_engine(shift) for shift in _ahead(division)]
    keep = rules.rules_of(division)
    kept_back = rules.reserved(shifts, keep.priority_percent) if keep.priority_percent else {}
    snapshot, position = market.ask(partial(_snapshot, shifts, kept_back), weights_of(division))
    return rules.keep_hours(snapshot, shifts, keep.week_hours) if keep.week_hours else snapshot, position


def _snapshot(
    shifts: list[engine.Shift], kept_back: dict[str, int], index: WorkerIndex
) -> tuple[planning.Snapshot, int]:
    return planning.snapshot_of(index, shifts, kept_back), index.position
