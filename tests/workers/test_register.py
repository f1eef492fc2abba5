"""A person is registered once, wherever, however the number is spelt."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.identity import make_identity_number
from linggong.workers import consent, errors, operations, queries
from linggong.workers.models import Consent, Worker, WorkerKey
from tests import cast

NUMBER = make_identity_number("140411", date(1970, 5, 1), 1)


@pytest.fixture(autouse=True)
def a_county(db: None) -> None:
    cast.county()


def register(by: Viewer | None = None, **fields: Any) -> Worker:
    return operations.register(new=cast.new_worker(**fields), by=by or cast.clerk())


def people() -> int:
    with within(system("test")):
        return Worker.objects.count()


def test_birth_date_and_sex_follow_from_the_number() -> None:
    worker = register(identity_number=make_identity_number("140411", date(1984, 2, 29), 12))
    assert (worker.birth_date, worker.sex) == (date(1984, 2, 29), "female")


def test_what_was_typed_is_kept_in_one_plain_form() -> None:
    worker = register(name=" 王　刚 ", telephone="１３８ 3551-2345", identity_number=f" {NUMBER[:6]} {NUMBER[6:]}")
    assert (worker.name, worker.telephone.open(), worker.identity_number.open()) == ("王刚", "13835512345", NUMBER)


def test_nothing_personal_is_readable_in_the_row() -> None:
    worker = register(telephone="13835512345", address="英雄南路2号", identity_number=NUMBER)
    with within(cast.clerk()):
        row = str(list(Worker.objects.filter(id=worker.id).values()))
    assert "13835512345" not in row
    assert NUMBER not in row
    assert "英雄南路" not in row
    assert (worker.telephone_masked, worker.identity_masked) == ("138****2345", NUMBER[:6] + "********" + NUMBER[14:])


def test_cards_are_numbered_one_after_the_other() -> None:
    first, second = register(), register()
    assert second.card_number == first.card_number + 1


def test_without_a_position_the_worker_lives_where_the_division_is() -> None:
    worker = register()
    assert (worker.latitude, worker.longitude) == (36.25, 113.13)
    elsewhere = register(latitude=36.3, longitude=113.2)
    assert (elsewhere.latitude, elsewhere.longitude) == (36.3, 113.2)


def test_the_consent_is_kept_with_the_words_that_were_shown() -> None:
    worker = register()
    with within(cast.clerk()):
        kept = Consent.objects.get(worker=worker)
    assert (kept.version, kept.shown) == (consent.PERSON.version, consent.PERSON.text)
    assert (kept.way, kept.asked_by) == ("desk", "刘芳")


def test_registering_is_in_the_audit_without_personal_data() -> None:
    worker = register(identity_number=NUMBER)
    with within(cast.clerk()):
        entry = Entry.objects.get(object_id=worker.id)
    assert (entry.act, entry.name, entry.division) == ("worker.registered", "刘芳", cast.TOWN)
    assert NUMBER not in str(entry.detail)


def test_a_person_without_a_telephone_may_name_somebody_who_takes_calls() -> None:
    worker = register(telephone="", contact_name="儿子", contact_telephone="13900001111")
    assert not worker.telephone
    assert queries.telephone_of(worker.id) == "13900001111"


def test_two_of_a_family_may_share_a_telephone() -> None:
    father, son = register(telephone="13835512345"), register(name="王小明", telephone="13835512345")
    assert queries.of_telephone("138 3551 2345") == [father, son]


def test_somebody_who_has_not_logged_in_registers_themselves() -> None:
    worker = operations.register(new=cast.new_worker(), by=PUBLIC, source="phone")
    with within(cast.town_clerk()):
        assert Worker.objects.get().id == worker.id


@pytest.mark.parametrize(
    "spelling", [NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", NUMBER.translate(
        {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})]
)  # fmt: skip
def test_the_same_number_in_another_spelling_is_the_same_person(spelling: str) -> None:
    first = register(identity_number=NUMBER)
    with pytest.raises(errors.AlreadyRegistered) as refused:
        register(identity_number=spelling)
    assert refused.value.found.worker_id == first.id
    assert people() == 1


def test_a_small_x_is_a_capital_x() -> None:
    number = next(n for n in (make_identity_number("140411", date(1970, 5, 1), i) for i in range(99)) if n[-1] == "X")
    register(identity_number=number)
    with pytest.raises(errors.AlreadyRegistered):
        register(identity_number=number.lower())


def test_beyond_the_scope_only_where_and_when_is_told() -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        registered = register(identity_number=NUMBER)
    found = queries.find_duplicate(NUMBER, cast.neighbour_clerk())
    assert found is not None
    assert (found.worker_id, found.card_number, found.name_masked) == (None, None, "")
    assert found.division_name == "马厂镇"
    assert found.registered_on == clock.local(registered.created_at).date()
    assert "马厂镇" in found.sentence


def test_within_the_scope_the_registration_can_be_opened() -> None:
    registered = register(identity_number=NUMBER)
    found = queries.find_duplicate(NUMBER, cast.town_clerk())
    assert found is not None
    assert (found.worker_id, found.name_masked) == (registered.id, "王**")


def test_the_public_learns_nothing_about_who_is_registered() -> None:
    register(identity_number=NUMBER)
    with pytest.raises(errors.KnownNumber) as refused:
        register(by=PUBLIC, identity_number=NUMBER)
    assert "马厂" not in str(refused.value)


def test_a_clerk_registers_only_within_the_division() -> None:
    with pytest.raises(errors.OutsideScope):
        register(by=cast.neighbour_clerk())
    assert people() == 0


def test_an_auditor_may_not_register() -> None:
    with pytest.raises(NotAllowed):
        register(by=Viewer(role="auditor", division=cast.COUNTY))


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name_empty", "name"),
    ({"name": "王" * 41}, "name_too_long", "name"),
    ({"name": "=1+1"}, "name_characters", "name"),
    ({"identity_number": ""}, "identity_number", "identity_number"),
    ({"identity_number": "140411700501001"}, "identity_number", "identity_number"),
    ({"identity_number": "140411197002300011"}, "identity_number", "identity_number"),
    ({"identity_number": NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")}, "identity_number", "identity_number"),
    ({"identity_number": "9" * 5000}, "identity_number", "identity_number"),
    ({"telephone": "12345"}, "telephone", "telephone"),
    ({"trades": ()}, "trade_missing", "trades"),
    ({"trades": ("astronaut",)}, "trade_unknown", "trades"),
    ({"division": "999999"}, "division_unknown", "division"),
    ({"division": "14"}, "division_unknown", "division"),
    ({"division": "1404' OR 1=1"}, "division_unknown", "division"),
    ({"pay_asked_fen": -1}, "value_refused", "pay_asked_fen"),
    ({"pay_asked_fen": 10**30}, "value_refused", "pay_asked_fen"),
    ({"pay_unit": "year"}, "value_refused", "pay_unit"),
    ({"reach_m": 10**12}, "value_refused", "reach_m"),
    ({"weekdays": (7,)}, "value_refused", "weekdays"),
    ({"available_from": time(7)}, "value_refused", "available_from"),
    ({"priority_groups": ("rich",)}, "value_refused", "priority_groups"),
    ({"certificates": (("证" * 41, None),)}, "value_refused", "certificates"),
    ({"latitude": float("nan"), "longitude": 1.0}, "value_refused", "address"),
    ({"wishes": "好" * 201}, "value_refused", "wishes"),
    ({"contact_telephone": "13900001111"}, "value_refused", "contact_name"),
    ({"contact_name": "儿子", "contact_telephone": "1"}, "telephone", "contact_telephone"),
    ({"consent": False}, "consent_missing", "consent"),
]


@pytest.mark.parametrize(("fields", "code", "field"), REFUSED)
def test_what_cannot_be_is_refused_at_its_field(fields: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        register(**fields)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert str(refused.value)
    assert people() == 0


def test_invisible_characters_fall_away() -> None:
    assert register(name="王\x00刚\u200b", telephone="\ud800").name == "王刚"


def test_a_rare_character_is_a_name() -> None:
    assert register(name="王𠅤").name == "王𠅤"


def test_nobody_under_sixteen_is_registered() -> None:
    today = clock.today()
    almost = (today + timedelta(days=1)).replace(year=today.year - 16)
    with pytest.raises(errors.TooYoung):
        register(identity_number=cast.identity_number(almost))
    register(identity_number=cast.identity_number(almost - timedelta(days=1)))


def test_where_the_audit_fails_nobody_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the audit is away")

    monkeypatch.setattr("linggong.workers.keeping.record", broken)
    with pytest.raises(RuntimeError):
        register()
    assert people() == 0
    with within(system("test")):
        assert WorkerKey.objects.count() == 0
