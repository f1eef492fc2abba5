"""A change, its place in the audit and its messages are written together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from linggong.audit.models import Entry
from linggong.foundation.scope import within
from linggong.notices.models import Notice
from tests.consistency.acts import ACTS, CLERK
from tests.consistency.rows import all_rows
from tests.consistency.scene import BY, Scene

TRAIL = Entry._meta.db_table


class Broken(Exception):
    """What fails in the middle of an act."""


def test_every_act_is_written_into_the_trail_and_nothing_changes_where_that_fails(
    told: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ACTS:
        assert TRAIL in changed_by(name, told), name
    monkeypatch.setattr(Entry, "save", fails)
    assert {name: left for name in ACTS if (left := changed_by(name, told, fails=True))} == {}


def test_nothing_changes_where_a_message_cannot_be_written(told: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    telling = [name for name in ACTS if tells(name, told)]
    assert len(telling) > 20
    monkeypatch.setattr(Notice, "save", fails)
    assert {name: left for name in telling if (left := changed_by(name, told, fails=True))} == {}


def tells(name: str, told: Scene) -> bool:
    """Whether the act puts messages into the outbox."""
    with undone(), within(BY):
        before = Notice.objects.count()
        ACTS[name](told)
        return Notice.objects.count() > before


def fails(*args: Any, **kwargs: Any) -> None:
    raise Broken


def changed_by(name: str, told: Scene, fails: bool = False) -> set[str]:
    """The tables that the act changes, or leaves changed though it fails; undone at the end."""
    with undone(), within(CLERK):
        before = all_rows()
        if fails:
            with pytest.raises(Broken):
                ACTS[name](told)
                pytest.fail(name)
        else:
            ACTS[name](told)
        after = all_rows()
    return {table for table in after if after[table] != before[table]}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
