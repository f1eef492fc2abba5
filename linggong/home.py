"""Where a running copy lives: its folder, its secrets. Read by settings, the database and the commands."""

import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import TypedDict

from linggong.lib.sealing import generate_key

PROJECT = Path(__file__).resolve().parent.parent


class Secrets(TypedDict):
    """What must stay out of the database and the repository."""

    secret_key: str
    field_keys: dict[str, str]
    current_key: str
    index_key: str
    owner_password: str
    app_password: str
    gateway_key: str


def home() -> Path:
    """The folder of data and of the embedded server, `var/` unless LINGGONG_HOME names another."""
    return Path(os.environ.get("LINGGONG_HOME") or PROJECT / "var").resolve()


@cache
def load_secrets() -> Secrets:
    """This copy's secrets: made once, kept in a file that only its owner reads."""
    path = home() / "secrets.json"
    if not path.exists():
        _write_once(path, _new_secrets())
    found: Secrets = json.loads(path.read_text())
    return found


def _new_secrets() -> Secrets:
    return Secrets(
        secret_key=secrets.token_urlsafe(48),
        field_keys={"k1": generate_key()},
        current_key="k1",
        index_key=generate_key(),
        owner_password=secrets.token_urlsafe(24),
        app_password=secrets.token_urlsafe(24),
        gateway_key=secrets.token_urlsafe(32),
    )


def _write_once(path: Path, content: Secrets) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another process was first: its secrets count
    except FileExistsError:
        pass
    finally:
        draft.unlink()
