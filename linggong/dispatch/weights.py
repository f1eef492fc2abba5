"""By which weights a division matches: versions that are never changed, each from a moment on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.dispatch.models import MatchingWeights
from linggong.dispatch.reach import everywhere
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.matching.bounds import check_weights
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.model import Weights

LEVELS = (2, 4, 6, 9, 12)
TERMS = tuple(each.name for each in fields(Weights) if each.name not in ("version", "priority_groups"))


class UnknownTerm(Refusal):
    """There is no such term, or its points are not a number that makes sense."""

    code = "unknown_term"


class ChangeRefused(Refusal):
    """The weights or rules of a division cannot be changed like this: no reason given, nothing new, or overtaken."""

    code = "change_refused"


@dataclass(frozen=True)
class Version:
    """One version of the weights, and which points it changed: term, before, after."""

    row: MatchingWeights
    changed: tuple[tuple[str, int, int], ...]


def weights_of(division: str) -> Weights:
    """The weights in force for a division: its own, else those of what it lies in, else the usual ones."""
    with everywhere("weights"):
        in_force = MatchingWeights.objects.filter(division__in=covering(division), valid_from__lte=clock.now())
        found = max(in_force, key=_rank, default=None)
    return _weights(found)


def proposed(division: str, points: Mapping[str, int]) -> Weights:
    """The weights in force with these points instead, not yet in force. Raises UnknownTerm, TooLarge."""
    if any(name not in TERMS or points[name] < 0 for name in points):
        raise UnknownTerm(_("只能改这些项，分数不小于零：%(terms)s") % {"terms": " ".join(TERMS)})
    made = replace(weights_of(division), version="", **points)  # type: ignore[arg-type]
    check_weights(made)
    return made


def set_weights(
    *, division: str, points: Mapping[str, int], reason: str, by: Viewer, seen: str = ""
) -> MatchingWeights:
    """Another version, in force from now on: what is not named stays as it is.

    `seen` is the version the change was made from, if somebody else may have made another meanwhile.
    Raises UnknownTerm, TooLarge, ChangeRefused, NotAllowed.
    """
    require_division(by, division)
    with within(by):
        one_at_a_time(division)
        before, after = weights_of(division), proposed(division, points)
        if seen and seen != before.version:
            raise ChangeRefused(_("刚才有人改过了，请看过现在的再改。"))
        if after == replace(before, version=""):
            raise ChangeRefused(_("和现在的一样，没有要改的。"))
        made = MatchingWeights(
            division=division,
            version=f"{division}-{MatchingWeights.objects.filter(division=division).count() + 1}",
            valid_from=clock.now(),
            points={name: value for name, value in asdict(after).items() if name != "version"},
            changed_by=by.name,
            reason=read_reason(reason),
        )
        made.save(force_insert=True)
        record("matching.weights_set", by=by, about=made, division=division, reason=made.reason, **points)
        return made


def versions(division: str) -> list[Version]:
    """Every version that has been in force for a division, those of what it lies in among them, the latest first."""
    with everywhere("weights"):
        rows = list(MatchingWeights.objects.filter(division__in=covering(division)).order_by("valid_from"))
    found = []
    for at, row in enumerate(rows):
        earlier = [one for one in rows[:at] if len(one.division) <= len(row.division)]
        before, after = asdict(_weights(max(earlier, key=_rank, default=None))), asdict(_weights(row))
        changed = tuple((term, before[term], after[term]) for term in TERMS if before[term] != after[term])
        found.append(Version(row, changed))
    return found[::-1]


# ------------------------------------------------------------------ what the rules of plans share


def covering(division: str) -> list[str]:
    """A division and all it lies in."""
    return [division[:digits] for digits in LEVELS if len(division) >= digits]


def require_division(by: Viewer, division: str) -> None:
    """Raises NotAllowed for whoever may not set how a division matches."""
    require(by, "matching.set")
    if not division or not by.covers(division):
        raise NotAllowed(_("这个区域不归您管。"))


def one_at_a_time(division: str) -> None:
    """Whoever sets how the same division matches waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"matching {division}"])


def read_reason(typed: str) -> str:
    """Raises ChangeRefused without one."""
    reason = plain(typed)[:200]
    if not reason:
        raise ChangeRefused(_("请写一句为什么改，以后查得到。"), field="reason")
    return reason


def _rank(row: MatchingWeights) -> tuple[int, object]:
    """The narrower division goes first, then what is newer."""
    return len(row.division), row.valid_from


def _weights(row: MatchingWeights | None) -> Weights:
    return Weights(version=row.version, **row.points) if row else USUAL_WEIGHTS
