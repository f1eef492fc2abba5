"""By which weights a division matches: versions that are never changed, each from a moment on."""

from dataclasses import asdict, fields

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.dispatch.models import MatchingWeights
from linggong.dispatch.reach import everywhere
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.matching.bounds import check_weights
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.model import Weights

LEVELS = (2, 4, 6, 9, 12)
TERMS = tuple(each.name for each in fields(Weights) if each.name not in ("version", "priority_groups"))


class UnknownTerm(Refusal):
    """There is no such term, or its points are not a number that makes sense."""

    code = "unknown_term"


def weights_of(division: str) -> Weights:
    """The weights in force for a division: its own, else those of what it lies in, else the usual ones."""
    covering = [division[:digits] for digits in LEVELS if len(division) >= digits]
    with everywhere("weights"):
        in_force = MatchingWeights.objects.filter(division__in=covering, valid_from__lte=clock.now())
        found = max(in_force, key=lambda row: (len(row.division), row.valid_from), default=None)
    return Weights(version=found.version, **found.points) if found else USUAL_WEIGHTS


def set_weights(*, division: str, points: dict[str, int], by: Viewer) -> MatchingWeights:
    """Another version, in force from now on: what is not named stays as it is. Raises UnknownTerm, NotAllowed."""
    require(by, "matching.set")
    if not by.covers(division):
        raise NotAllowed(_("这个区域不归您管。"))
    if any(name not in TERMS or points[name] < 0 for name in points):
        raise UnknownTerm(_("只能改这些项，分数不小于零：%(terms)s") % {"terms": " ".join(TERMS)})
    before = asdict(weights_of(division))
    changed = {name: value for name, value in (before | points).items() if name != "version"}
    check_weights(Weights(version="", **changed))
    with within(by):
        number = MatchingWeights.objects.filter(division=division).count() + 1
        made = MatchingWeights(
            division=division,
            version=f"{division}-{number}",
            valid_from=clock.now(),
            points=changed,
            changed_by=by.name,
        )
        made.save(force_insert=True)
        record("matching.weights_set", by=by, about=made, division=division, **points)
        return made
