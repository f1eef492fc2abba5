"""Running totals of how people kept their word, which the matching reads."""

from uuid import UUID

from django.db.models import F

from linggong.dispatch.models import Reputation
from linggong.foundation.scope import within
from linggong.foundation.viewer import system


def note_outcome(worker_id: UUID, division: str, *, kept: int = 0, missed: int = 0, rating: int | None = None) -> None:
    """Add to a worker's record (negative to take back); inside the caller's transaction."""
    with within(system("reputation")):
        fresh = Reputation(worker_id=worker_id, division=division)
        Reputation.objects.bulk_create([fresh], ignore_conflicts=True)
        Reputation.objects.filter(worker_id=worker_id).update(
            kept=F("kept") + kept,
            missed=F("missed") + missed,
            rating_sum=F("rating_sum") + (rating or 0),
            rating_count=F("rating_count") + int(rating is not None),
        )
