"""Reading the trail."""

from uuid import UUID

from linggong.audit.models import Entry


def of_object(object_id: UUID, limit: int = 50) -> list[Entry]:
    """What was done to one row, the latest first; what lies in the scope of the transaction."""
    return list(Entry.objects.filter(object_id=object_id)[:limit])
