"""What every command that needs the database does first."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from linggong import database
from linggong.lib.errors import Refusal


@contextmanager
def program() -> Iterator[None]:
    """The database answers and Django is set up."""
    with database.running():
        set_up()
        yield


def set_up() -> None:
    """Django alone, for a part of `serve` whose database runs already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linggong.settings")
    import django

    django.setup()


@contextmanager
def told() -> Iterator[None]:
    """A refusal ends the command with its sentence instead of a traceback."""
    try:
        yield
    except Refusal as refusal:
        sys.exit(f"linggong: {refusal}")
