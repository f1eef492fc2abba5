"""Employers come in once, are found again, and show no personal data."""

from datetime import date

import pytest
from django.db import connection

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.employers import operations, queries
from linggong.employers.models import Employer
from linggong.employers.operations import AlreadyRegistered, EmployerRefused
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, system
from linggong.lib.errors import Refusal
from linggong.lib.identity import make_identity_number
from linggong.notices.models import Notice
from tests.employers.conftest import BUREAU, CLERK, ELSEWHERE, a_firm

pytestmark = pytest.mark.usefixtures("divisions")
IDENTITY = make_identity_number("140403", date(1975, 3, 4), 12)


def test_a_new_employer_waits_to_be_vetted_and_the_desk_is_told() -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    with within(CLERK):
        assert queries.pending(CLERK) == [employer]
        assert Notice.objects.get(about_id=employer.id).recipient == Notice.Recipient.DESK


def test_somebody_from_the_street_may_register_an_employer() -> None:
    employer = operations.register(new=a_firm(), by=PUBLIC, source="phone")
    assert employer.state == Employer.State.PENDING


def test_the_bureau_reads_and_registers_nobody() -> None:
    with pytest.raises(NotAllowed):
        operations.register(new=a_firm(), by=BUREAU, source="desk")


def test_a_clerk_registers_only_in_their_own_area() -> None:
    with pytest.raises(NotAllowed) as refused:
        operations.register(new=a_firm(), by=ELSEWHERE, source="desk")
    assert refused.value.field == "division"


def test_the_same_licence_in_another_county_is_found_but_not_opened() -> None:
    operations.register(new=a_firm(), by=CLERK, source="desk")
    with pytest.raises(AlreadyRegistered) as refused:
        operations.register(new=a_firm(division="140404"), by=ELSEWHERE, source="desk")
    assert refused.value.found.employer_id is None
    assert "潞州区 马厂镇" in str(refused.value)


def test_the_same_licence_in_the_own_county_leads_to_its_record() -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    with pytest.raises(AlreadyRegistered) as refused:
        operations.register(new=a_firm(name="宏达"), by=CLERK, source="desk")
    assert refused.value.found.employer_id == employer.id


def test_a_stranger_does_not_learn_a_households_name() -> None:
    home = a_firm(kind="household", name="王秀英", register_number=IDENTITY)
    operations.register(new=home, by=CLERK, source="desk")
    with pytest.raises(AlreadyRegistered) as refused:
        operations.register(new=home, by=PUBLIC, source="phone")
    assert "秀英" not in str(refused.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "school"),
        ("name", "  "),
        ("name", "长" * 81),
        ("register_number", "91140403MA00000001"),
        ("contact_name", ""),
        ("telephone", "12345"),
        ("division", "1404"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(Refusal) as refused:
        operations.register(new=a_firm(1, **{field: value}), by=CLERK, source="desk")
    assert refused.value.field == field
    assert str(refused.value)


@pytest.mark.parametrize(
    "typed",
    ["宏达", "长治市潞州区宏达", "hongdabanyun", "hdby", "2345", "138 3551 2345", a_firm().register_number],
)
def test_an_employer_is_found_by(typed: str) -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    with within(CLERK):
        assert queries.search(typed, CLERK) == [employer]


@pytest.mark.parametrize("typed", ["", "%", "恒通", "9999", "13800000000"])
def test_an_employer_is_not_found_by(typed: str) -> None:
    operations.register(new=a_firm(), by=CLERK, source="desk")
    with within(CLERK):
        assert queries.search(typed, CLERK) == []


def test_a_household_is_found_by_its_identity_number_in_its_own_county_only() -> None:
    home = operations.register(
        new=a_firm(kind="household", name="王秀英", register_number=IDENTITY), by=CLERK, source="desk"
    )
    with within(CLERK):
        assert queries.search(IDENTITY, CLERK) == [home]
    with within(ELSEWHERE):
        assert queries.search(IDENTITY, ELSEWHERE) == []
        with pytest.raises(queries.NotFound):
            queries.employer(home.id, ELSEWHERE)


def test_personal_data_is_stored_sealed() -> None:
    operations.register(new=a_firm(kind="household", name="王秀英", register_number=IDENTITY), by=CLERK, source="desk")
    with within(CLERK), connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM employers_employer e")
        row = cursor.fetchone()[0]
    assert IDENTITY not in row
    assert "13835512345" not in row


def test_unmasking_is_recorded_with_its_reason() -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    assert operations.reveal(employer=employer, field="telephone", by=CLERK, why="回访") == "13835512345"
    with within(CLERK):
        entry = Entry.objects.get(act="employer.revealed")
    assert (entry.object_id, entry.name, entry.detail) == (employer.id, "李梅", {"field": "telephone", "why": "回访"})


def test_nothing_is_unmasked_without_a_reason_out_of_reach_or_by_a_reader() -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    for viewer, why in ((CLERK, " "), (ELSEWHERE, "看看"), (BUREAU, "看看")):
        with pytest.raises(Refusal):
            operations.reveal(employer=employer, field="telephone", by=viewer, why=why)
    with pytest.raises(EmployerRefused):
        operations.reveal(employer=employer, field="state", by=CLERK, why="回访")


def test_messages_find_the_telephone_and_a_telephone_its_employers() -> None:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    other = operations.register(new=a_firm(2, name="安泰超市", kind="shop"), by=CLERK, source="desk")
    with within(system("delivery")):
        assert queries.telephone_of(employer.id) == "13835512345"
    assert queries.of_telephone("13835512345") == [other, employer]
