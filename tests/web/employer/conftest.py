"""李强 of 潞州商贸有限公司 with his phone: what he opens, and what he touches."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from linggong.accounts.operations import account_for
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

BACKEND = "django.contrib.auth.backends.ModelBackend"
SYSTEM = system("test")


@dataclass
class Phone:
    """A browser that is signed in as an employer."""

    client: Client
    employer: Employer

    @property
    def viewer(self) -> Viewer:
        return cast.viewer_of_employer(self.employer)

    def open(self, route: str, *args: object, **query: str) -> "Response":
        return self.client.get(reverse(f"employer:{route}", args=args), query)

    def read(self, route: str, *args: object, **query: str) -> str:
        """The page as text; it must be there."""
        answer = self.open(route, *args, **query)
        assert answer.status_code == 200, (route, answer.status_code, answer.get("Location"))
        return answer.content.decode()

    def send(self, route: str, *args: object, **typed: object) -> "Response":
        return self.client.post(reverse(f"employer:{route}", args=args), typed)

    def sent(self, route: str, *args: object, **typed: object) -> str:
        """The page to which the answer leads."""
        answer = self.client.post(reverse(f"employer:{route}", args=args), typed, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()


def phone_of(employer: Employer, language: str = "zh-hans", role: str = "employer") -> Phone:
    with within(SYSTEM):
        account = account_for(role=role, subject_id=employer.id, name=employer.name, by=SYSTEM)
    client = Client()
    client.force_login(account, backend=BACKEND)
    client.cookies["django_language"] = language
    return Phone(client, employer)


@pytest.fixture
def county(db: None) -> None:
    cast.county()


@pytest.fixture
def phone(county: None) -> Phone:
    return phone_of(cast.employer())


def applicant(shift: Shift, worker: Worker) -> Offer:
    """The worker asks for a place of a shift whose employer chooses."""
    return dispatch.apply(shift=shift, worker=worker, by=cast.viewer_of_worker(worker)).offer


def placed(shift: Shift, name: str = "王建国") -> Placement:
    return cast.placement(cast.worker(name), shift)


def during(shift: Shift, minutes: int = 10) -> AbstractContextManager[None]:
    """So many minutes after the start."""
    return clock.at(shift.starts + timedelta(minutes=minutes))


def worker_of(placement: Placement) -> Viewer:
    """The login of the worker who has the place."""
    return Viewer(role="worker", name=placement.worker_name, worker_id=placement.worker_id)
