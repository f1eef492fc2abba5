"""Reading across all divisions, where the market itself looks: entered once, however deep the calls are."""

from collections.abc import Iterator
from contextlib import contextmanager

from linggong.foundation.scope import current, within
from linggong.foundation.viewer import EVERYWHERE, system


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """The scope of the whole country; nothing is asked of the database where it is in force already."""
    viewer = current()
    if viewer is not None and viewer.is_system and viewer.division == EVERYWHERE:
        yield
    else:
        with within(system(reason)):
            yield
