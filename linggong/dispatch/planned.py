"""The division's plan for the hours ahead: who should go where, so that most places are filled, then filled best.

Planned anew each minute, if anything has changed; waves ask those first who are planned for their shift.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

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
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift

COUNTY_DIGITS = 6
AHEAD = timedelta(hours=36)
EVERY = timedelta(minutes=1)
KEPT = timedelta(days=7)
HOLDS = timedelta(minutes=30)
"""A plan that nobody has looked at for longer is no guide any more."""


class PlanUnknown(Refusal):
    """There is no such plan."""

    code = "plan_unknown"


def plan_all() -> int:
    """A plan for each county with open shifts ahead, where something has changed; return how many were made.

    Called by the background work.
    """
    with within(system("planning")):
        DayPlan.objects.filter(looked_at__lt=clock.now() - KEPT).delete()
        counties = {
            division[:COUNTY_DIGITS] for division in _ahead("").order_by().values_list("division", flat=True).distinct()
        }
        fresh = DayPlan.objects.filter(looked_at__gte=clock.now() - EVERY)
        planned = set(fresh.values_list("division", flat=True))
    return sum(plan(county) is not None for county in sorted(counties - planned))


def plan(division: str) -> DayPlan | None:
    """Plan the open shifts of a division that start soon; None if the last plan still holds, for the same market."""
    with within(system("planning", division)):
        shifts = [shift_for_engine(shift) for shift in _ahead(division)]
    snapshot, position = market.ask(partial(_snapshot, shifts), weights_of(division))
    stored = snapshot.stored()
    digest = hashlib.blake2b(stored, digest_size=32).hexdigest()
    with within(system("planning", division)):
        same = latest(division)
        if same is not None and same.digest == digest:
            same.looked_at, same.log_position = clock.now(), position
            same.save(update_fields=["looked_at", "log_position"])
            return None
        made = planning.replay(snapshot)
        kept = DayPlan(
            division=division,
            snapshot=stored,
            digest=digest,
            placements=_by_shift(made),
            places=int(snapshot.places.sum()),
            filled=made.certificate.filled,
            total_fit=made.certificate.total_fit,
            proved=made.certificate.ok,
            weights_version=snapshot.weights_version,
            log_position=position,
            looked_at=clock.now(),
        )
        kept.save(force_insert=True)
        return kept


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
    again = planning.replay(planning.restored(bytes(kept.snapshot)))
    answer = (kept.placements, kept.filled, kept.total_fit)
    return kept, answer == (_by_shift(again), again.certificate.filled, again.certificate.total_fit)


def order(plan: DayPlan | None, shift: Shift) -> Callable[[str], int]:
    """Who is asked first: those planned for this shift, then those planned for none, then those of other shifts."""
    placements = plan.placements if plan else {}
    planned_for = {worker_id: shift_id for shift_id, workers in placements.items() for worker_id in workers}

    def turn(worker_id: str) -> int:
        there = planned_for.get(worker_id)
        return 1 if there is None else 0 if there == str(shift.id) else 2

    return turn


def _ahead(division: str) -> "QuerySet[Shift]":
    soon = posts.open_shifts().filter(starts__gt=clock.now(), starts__lt=clock.now() + AHEAD)
    return soon.filter(division__startswith=division).exclude(job__kind=Job.Kind.PIECEWORK).order_by("starts", "id")


def _snapshot(shifts: list[engine.Shift], index: WorkerIndex) -> tuple[planning.Snapshot, int]:
    return planning.snapshot_of(index, shifts), index.position


def _by_shift(made: planning.DayPlan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in made.placements:
        found[one.shift_id].append(one.worker_id)
    return dict(found)
