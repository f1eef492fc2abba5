"""Logins of staff: who makes them, what is refused, and the command that does it."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from linggong.accounts import operations, queries
from linggong.accounts.models import Account
from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, Viewer, system
from linggong.lib.errors import Refusal

pytestmark = pytest.mark.usefixtures("db")
CHIEF = Viewer(role="administrator", name="管理员", division="140403")
SOMEBODY = UUID(int=1)
CLERK = Viewer(role="window_clerk", name="刘芳", division="140403")


def create(by: Viewer = CHIEF, **changes: Any) -> Account:
    given = {
        "username": "zhaomin",
        "name": "赵敏",
        "role": "station_clerk",
        "division": "140403103",
        "password": "ma-chang-zhen-2026",
    }
    return operations.create_staff(**{**given, **changes}, by=by)


def test_an_administrator_makes_a_login_that_reaches_its_division() -> None:
    viewer = queries.viewer_of(create())
    assert (viewer.role, viewer.division, viewer.is_staff) == ("station_clerk", "140403103", True)
    with within(CHIEF):
        assert Entry.objects.get(act="account.created").name == "管理员"


@pytest.mark.parametrize("by", [CLERK, PUBLIC, Viewer(role="worker")])
def test_nobody_else_makes_logins(by: Viewer) -> None:
    with pytest.raises(NotAllowed):
        create(by=by)


def test_nobody_gives_more_reach_than_they_have() -> None:
    for division in ("1404", "140404", ""):
        with pytest.raises(NotAllowed):
            create(division=division)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "worker"),
        ("role", "director"),
        ("username", " "),
        ("name", ""),
        ("password", "short"),
        ("password", "1234567890123"),
        ("password", "password123"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(Refusal) as refused:
        create(CHIEF, **{field: value})
    assert refused.value.field == field
    assert not Account.objects.exists()


def test_a_login_without_reach_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        create(by=system("set-up"), division="")
    assert refused.value.field == "division"


def test_a_login_name_is_given_once() -> None:
    create()
    with pytest.raises(Refusal) as refused:
        create(name="赵敏二")
    assert refused.value.field == "username"


def test_nobody_closes_or_changes_a_login_outside_their_area() -> None:
    account = create(by=system("set-up"), division="140404")
    with pytest.raises(NotAllowed):
        operations.deactivate(account=account, by=CHIEF)
    with pytest.raises(NotAllowed):
        operations.set_password(account=account, password="another-one-2026", by=CHIEF)
    account.refresh_from_db()
    assert account.is_active and account.check_password("ma-chang-zhen-2026")


def test_everybody_may_change_their_own_password() -> None:
    account = create()
    operations.set_password(account=account, password="another-one-2026", by=queries.viewer_of(account))
    account.refresh_from_db()
    assert account.check_password("another-one-2026")


def test_a_login_made_by_code_has_no_password_and_no_area() -> None:
    account = operations.account_for(role="worker", subject_id=SOMEBODY, name="王建国", by=system("test"))
    assert not account.has_usable_password()
    assert queries.viewer_of(account).division is None


def test_the_database_refuses_a_worker_with_the_reach_of_staff() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account(username="x", name="x", role="worker", worker_id=SOMEBODY, division="140403").save(force_insert=True)


def test_the_command_makes_a_login_and_later_gives_it_another_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from linggong.commands import account

    def run(password: str, *arguments: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        assert account.main(["chief", *arguments]) == 0

    run("first-password-2026", "--role", "administrator", "--division", "140403", "--name", "陈主任")
    run("second-password-2026")
    made = Account.objects.get(username="chief")
    assert (made.name, made.division) == ("陈主任", "140403")
    assert made.check_password("second-password-2026")
    assert "password-2026" not in capsys.readouterr().out


def test_the_command_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from linggong.commands import account

    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(SystemExit, match="linggong: "):
        account.main(["chief", "--division", "140403"])
