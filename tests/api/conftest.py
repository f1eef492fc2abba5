"""A program with a key, in a county with a worker and an employer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linggong.accounts.models import Account
from linggong.accounts.operations import account_for, make_api_key
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.workers.models import Worker
from tests import cast

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

BY = system("test")


@dataclass
class Program:
    """Calls the API with its key."""

    account: Account
    key: str
    client: Client = field(default_factory=Client)

    def send(
        self, path: str, body: dict[str, Any] | None = None, *, once: str = "", language: str = "zh"
    ) -> "Response":
        headers = {"authorization": f"Bearer {self.key}", "accept-language": language}
        headers |= {"idempotency-key": once} if once else {}
        return self.client.post(f"/api/v1/{path}", body or {}, content_type="application/json", headers=headers)

    def did(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to something that succeeds."""
        answer = self.send(path, body)
        assert answer.status_code == 200, (path, answer.content.decode())
        return answer.json()  # type: ignore[no-any-return]

    def read(self, path: str) -> "Response":
        return self.client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {self.key}"})


def program_of(account: Account) -> Program:
    with within(BY):
        return Program(account, make_api_key(account=account, client="test", by=BY))


def clerk_program(division: str = cast.COUNTY, role: str = "window_clerk") -> Program:
    return program_of(Account.objects.create(username=f"{role}{division}", name="刘芳", role=role, division=division))


def program_for(whom: Worker | Employer) -> Program:
    """A program in the name of a worker or an employer."""
    role = "worker" if isinstance(whom, Worker) else "employer"
    with within(BY):
        return program_of(account_for(role=role, subject_id=whom.id, name=whom.name, by=BY))


def a_worker(**fields: Any) -> dict[str, Any]:
    """What a program sends to register somebody."""
    known = {
        "name": "王建国",
        "identity_number": cast.identity_number(),
        "telephone": cast.telephone(),
        "trades": [{"trade": "loader", "skill": 2}],
        "division": cast.TOWN,
        "consent": True,
    }
    return known | fields


def a_job(employer_id: str, **fields: Any) -> dict[str, Any]:
    """What a program sends to post a job of one day."""
    shift = cast.tomorrow()
    known = {
        "employer_id": employer_id,
        "trade": "loader",
        "title": "卸货",
        "place_name": "马厂镇物流园",
        "division": cast.TOWN,
        "latitude": 36.252,
        "longitude": 113.131,
        "pay_fen": 22000,
        "pay_unit": "day",
        "shifts": [{"starts": shift.starts.isoformat(), "ends": shift.ends.isoformat(), "places": shift.places}],
    }
    return known | fields


@pytest.fixture
def county(db: None) -> Iterator[None]:
    cast.county()
    yield


@pytest.fixture
def desk(county: None) -> Program:
    return clerk_program()
