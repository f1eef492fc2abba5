"""The same person is registered in several places at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.workers import keeping, operations, roster
from linggong.workers.errors import AlreadyRegistered
from linggong.workers.models import Worker, WorkerKey
from linggong.workers.records import NewWorker
from tests import cast
from tests.workers import sheets

WINDOWS = 8


def test_one_person_registered_at_eight_windows_at_once_is_one_row(committed: None) -> None:
    cast.county()
    new = cast.new_worker("王建国")
    together = Barrier(WINDOWS)

    def at_a_window(new: NewWorker) -> Worker | AlreadyRegistered:
        together.wait()
        try:
            return operations.register(new=new, by=cast.clerk())
        except AlreadyRegistered as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(WINDOWS) as windows:
        answers = list(windows.map(at_a_window, [new] * WINDOWS))

    (registered,) = [answer for answer in answers if isinstance(answer, Worker)]
    refused = [answer for answer in answers if isinstance(answer, AlreadyRegistered)]
    assert {answer.found.worker_id for answer in refused} == {registered.id}
    assert len(refused) == WINDOWS - 1
    with within(system("test")):
        assert Worker.objects.get() == registered
        assert WorkerKey.objects.filter(worker=registered).count() == WorkerKey.objects.count()


def test_who_is_registered_before_the_roster_gets_there_is_known(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the roster's look-up and its insert the window registers one of its people."""
    cast.county()
    at_the_window = cast.new_worker("王建国")
    rows = [
        ["", name, number, "", "瓦工"]
        for name, number in [("王建国", at_the_window.identity_number), ("李四", cast.identity_number())]
    ]
    keep = keeping.keep

    def window() -> None:
        operations.register(new=at_the_window, by=cast.clerk())
        connection.close()

    def too_late(*arguments: Any, **options: Any) -> list[Worker]:
        monkeypatch.setattr(keeping, "keep", keep)
        with ThreadPoolExecutor(1) as other:
            other.submit(window).result()
        return keep(*arguments, **options)

    by = cast.clerk()
    opened = roster.open_roster(file=sheets.xlsx(rows), filename="a.xlsx", by=by)
    roster.set_mapping(roster=opened, mapping=opened.mapping, merge_duplicates=False, by=by)
    monkeypatch.setattr(keeping, "keep", too_late)

    assert roster.run_batch(roster_id=opened.id) == 0
    with within(by):
        told = roster.progress(opened)
    assert (told.added, told.known, told.refused) == (1, 1, 0)
