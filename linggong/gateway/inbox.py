"""What the gateway has taken: lines of JSON, one message each, appended and synced before the answer goes out."""

import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Received:
    """One message; `received_at` is ISO 8601 in UTC."""

    reference: str
    telephone: str
    text: str
    received_at: str


class Inbox:
    """Safe for several threads of one process. A line cut off by a crash was never answered for, and is dropped."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._kept: dict[str, Received] = {}
        self._file = path.open("a+b")
        self._read()

    def add(self, message: Received) -> bool:
        """Keep a message; False where its reference is known already."""
        with self._lock:
            if message.reference in self._kept:
                return False
            self._file.write(json.dumps(asdict(message), ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._kept[message.reference] = message
            return True

    def messages(self, telephone: str = "") -> list[Received]:
        """The newest first; of one telephone where it is named."""
        with self._lock:
            kept = list(self._kept.values())
        return [message for message in reversed(kept) if telephone in ("", message.telephone)]

    def _read(self) -> None:
        self._file.seek(0)
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            message = Received(**json.loads(line))
            self._kept[message.reference] = message
        self._file.truncate(whole)
