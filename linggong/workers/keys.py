"""Under which keys a worker is found."""

from linggong.lib.text import search_keys
from linggong.workers.models import Worker, WorkerKey

LONGEST_KEY = 120


def keys_of(worker: Worker, telephone: str) -> list[WorkerKey]:
    """Name, pinyin and initials, the card's number, and the last four digits of the telephone (plain)."""
    texts = [key[:LONGEST_KEY] for key in search_keys(worker.name)]
    texts += [str(worker.card_number), telephone[-4:]]
    wanted = dict.fromkeys(text for text in texts if text)
    return [WorkerKey(worker=worker, division=worker.division, key=text) for text in wanted]
