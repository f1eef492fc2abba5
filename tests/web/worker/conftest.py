"""王建国 of 马厂镇 with his phone: what he opens, and what he touches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from linggong.accounts.operations import account_for
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Phone:
    """A browser that is signed in as a worker."""

    client: Client
    worker: Worker

    @property
    def viewer(self) -> Viewer:
        return cast.viewer_of_worker(self.worker)

    def open(self, route: str, *args: object, **query: str) -> "Response":
        return self.client.get(reverse(f"worker:{route}", args=args), query)

    def read(self, route: str, *args: object, **query: str) -> str:
        """The page as text; it must be there."""
        answer = self.open(route, *args, **query)
        assert answer.status_code == 200, (route, answer.status_code, answer.get("Location"))
        return answer.content.decode()

    def send(self, route: str, *args: object, **typed: object) -> "Response":
        return self.client.post(reverse(f"worker:{route}", args=args), typed)

    def sent(self, route: str, *args: object, **typed: object) -> str:
        """The page to which the answer leads."""
        answer = self.client.post(reverse(f"worker:{route}", args=args), typed, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()


def phone_of(worker: Worker, language: str = "zh-hans") -> Phone:
    by = system("test")
    with within(by):
        account = account_for(role="worker", subject_id=worker.id, name=worker.name, by=by)
    client = Client()
    client.force_login(account, backend=BACKEND)
    client.cookies["django_language"] = language
    return Phone(client, worker)


@pytest.fixture
def county(db: None) -> None:
    cast.county()


@pytest.fixture
def phone(county: None) -> Phone:
    return phone_of(cast.worker())


@pytest.fixture
def ask(county: None) -> Callable[[Shift, Worker], Offer]:
    """The market asks a worker."""

    def ask(shift: Shift, worker: Worker) -> Offer:
        by = system("test")
        with within(by):
            return dispatch.offer(shift=shift, worker=worker, by=by, origin="wave")

    return ask
