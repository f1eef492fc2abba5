"""The table of acts: complete for the program, and as strict as the roles say."""

import ast
from pathlib import Path

import pytest

import linggong
from linggong.accounts.models import Role
from linggong.accounts.permissions import ALLOWED, NotAllowed, may, require
from linggong.foundation.viewer import PUBLIC, Viewer, system

CHECKS = {"require", "may", "require_reach"}


def acts_checked() -> set[str]:
    """Every act that some module names when it asks for permission."""
    named: set[str] = set()
    for path in Path(linggong.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CHECKS:
                named |= {str(arg.value) for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    return named


def test_every_act_that_is_asked_for_stands_in_the_table() -> None:
    assert acts_checked() <= set(ALLOWED)


def test_the_table_names_only_roles_that_exist() -> None:
    assert set().union(*ALLOWED.values()) <= {*Role.values, PUBLIC.role}


@pytest.mark.parametrize("role", [Role.BUREAU_OFFICER, Role.AUDITOR])
def test_the_bureau_and_the_auditors_change_nothing(role: Role) -> None:
    assert not [act for act in ALLOWED if may(Viewer(role=role, division="14"), act)]


def test_somebody_who_is_not_signed_in_only_registers() -> None:
    assert {act for act in ALLOWED if may(PUBLIC, act)} == {"worker.register", "employer.register"}


def test_workers_and_employers_never_do_the_desks_work() -> None:
    for role in (Role.WORKER, Role.EMPLOYER, Role.AGENCY):
        for act in ("employer.vet", "worker.reveal", "post.decide", "account.create", "case.handle"):
            with pytest.raises(NotAllowed):
                require(Viewer(role=role), act)


def test_the_market_itself_may_do_everything() -> None:
    assert all(may(system("clock"), act) for act in ALLOWED)


def test_an_act_nobody_has_thought_of_is_an_error_and_not_a_permission() -> None:
    with pytest.raises(KeyError):
        require(system("clock"), "moon.sell")
