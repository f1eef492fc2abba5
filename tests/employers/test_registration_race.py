"""Two windows, one licence: the database decides who was first."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from linggong.employers import operations
from linggong.employers.operations import AlreadyRegistered
from tests.employers.conftest import CLERK, a_firm, add_divisions


@pytest.mark.usefixtures("committed")
def test_of_many_at_once_one_registers_and_the_others_are_led_to_it() -> None:
    add_divisions()
    with ThreadPoolExecutor(6) as windows:
        outcomes = list(windows.map(lambda _: _register(), range(6)))
    registered = [id for won, id in outcomes if won]
    assert len(registered) == 1
    assert {id for _, id in outcomes} == set(registered)


def _register() -> tuple[bool, UUID | None]:
    try:
        return True, operations.register(new=a_firm(), by=CLERK, source="desk").id
    except AlreadyRegistered as refused:
        return False, refused.found.employer_id
    finally:
        connection.close()
