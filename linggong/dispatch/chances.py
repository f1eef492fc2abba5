"""How likely people say yes and come: learnt from the division's own offers, used for the size of waves."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.dispatch.models import AcceptanceModel, Offer, Placement, Wave
from linggong.dispatch.people import people
from linggong.dispatch.reach import everywhere
from linggong.dispatch.weights import covering
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.matching import acceptance, acceptance_report
from linggong.matching.acceptance import FEATURES, Answer, Model
from linggong.matching.acceptance_report import Report
from linggong.matching.model import Worker
from linggong.matching.ranking import Ranked

LONGEST_HISTORY = 20_000
WAVES_LOOKED_AT = 200
ENOUGH = 30
"""With fewer answers the usual chances serve better."""

YES = {Offer.State.ACCEPTED, Offer.State.APPLIED, Offer.State.REFUSED}
NO = {Offer.State.DECLINED, Offer.State.PASSED_ON, Offer.State.EXPIRED}
ASKED = (Offer.Origin.WAVE, Offer.Origin.HALL, Offer.Origin.DESK, Offer.Origin.REFERRAL)
ARRIVED = {
    Placement.State.ARRIVED: True,
    Placement.State.FINISHED: True,
    Placement.State.NO_SHOW: False,
}


@dataclass(frozen=True)
class Chances:
    """The model in force and its version, empty for the usual chances."""

    model: Model
    version: str

    def of(self, ranked: Iterable[Ranked], minutes: int) -> dict[str, float]:
        """The chance of a yes of each, by worker id."""
        return {one.worker.id: self.model.chance(one.worker, one.shift, minutes) for one in ranked}


def chances_in(division: str) -> Chances:
    """What has been learnt in a division, else in what it lies in, newest first; the usual chances where too little."""
    with everywhere("chances"):
        kept = AcceptanceModel.objects.filter(division__in=covering(division), answers__gte=ENOUGH)
        newest = max(kept, key=lambda row: (len(row.division), row.created_at), default=None)
    return Chances(Model.from_json(newest.weights), newest.version) if newest else Chances(Model(), "")


def refit(*, division: str, by: Viewer) -> tuple[AcceptanceModel, Report]:
    """Learn anew from what the division's offers came to; the report is of answers kept apart. Raises NotAllowed."""
    require(by, "matching.set")
    answered = history(division)
    seen, unseen = acceptance_report.apart(answered)
    model, found = acceptance.refit(answered), acceptance_report.exposures(_rounds(division))
    told = acceptance_report.report(acceptance.refit(seen), unseen, found)
    with within(system("refit", division)):
        number = AcceptanceModel.objects.filter(division=division).count() + 1
        kept = AcceptanceModel(
            division=division,
            version=f"{division}-{number}",
            weights=model.to_json(),
            answers=model.answers,
            report=told.to_json(),
        )
        kept.save(force_insert=True)
        record("matching.refit", by=by, about=kept, division=division, answers=model.answers)
    return kept, told


def history(division: str) -> list[Answer]:
    """Offers answered or run out, the oldest first, with what was known when they were made."""
    with within(system("refit", division)):
        over = Offer.objects.filter(origin__in=ASKED, state__in=YES | NO, fit__has_key="features")
        rows = over.order_by("-created_at").values_list("fit", "state", "placement__state")[:LONGEST_HISTORY]
        return [
            Answer(tuple(fit["features"]), state in YES, ARRIVED.get(placed))
            for fit, state, placed in reversed(list(rows))
            if len(fit["features"]) == len(FEATURES)
        ]


def _rounds(division: str) -> list[tuple[list[Worker], set[str]]]:
    """For each of the latest waves, whom it could have asked, and whom it asked."""
    with within(system("refit", division)):
        waves = list(Wave.objects.filter(size__gt=0).order_by("-created_at")[:WAVES_LOOKED_AT])
        asked = Offer.objects.filter(wave__in=waves).values_list("wave_id", "worker_id")
        known = people({UUID(line[0]) for wave in waves for line in wave.considered})
    chosen: dict[UUID, set[str]] = {wave.id: set() for wave in waves}
    for wave_id, worker_id in asked:
        chosen[wave_id].add(str(worker_id))
    return [
        ([known[UUID(line[0])] for line in wave.considered if UUID(line[0]) in known], chosen[wave.id])
        for wave in waves
    ]
