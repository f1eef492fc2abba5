"""Two windows register the same person at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.workers import operations
from linggong.workers.errors import AlreadyRegistered
from linggong.workers.models import Worker, WorkerKey
from linggong.workers.records import NewWorker
from tests import cast

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
