"""Keys, repeats, refusals and scope: what a program can rely on."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from linggong.accounts import operations as accounts
from linggong.foundation.scope import within
from linggong.workers.models import Worker
from tests import cast
from tests.api.conftest import BY, Program, a_job, a_worker, clerk_program, program_for

API = "/api/v1"


def workers() -> int:
    with within(BY):
        return Worker.objects.count()


# ------------------------------------------------------------------ keys


@pytest.mark.parametrize("path", ["shifts", "sites?division=1404", "openapi.json"])
def test_what_is_public_needs_no_key(path: str, county: None) -> None:
    assert Client().get(f"{API}/{path}").status_code == 200


def test_everything_else_needs_one(county: None) -> None:
    paths = Client().get(f"{API}/openapi.json").json()["paths"]
    closed = {
        (path, method) for path, methods in paths.items() for method, told in methods.items() if told.get("security")
    }
    assert len(closed) == len([1 for methods in paths.values() for _ in methods]) - 2
    for path, method in closed:
        address = path.replace("{", "").replace("}", "")
        for name in ("employer_id", "job_id", "shift_id", "offer_id", "placement_id", "wage_id"):
            address = address.replace(f"/{name}", f"/{uuid4()}")
        answer = getattr(Client(), method)(address, headers={"authorization": "Bearer wrong"})
        assert answer.status_code == 401, address


def test_the_keys_of_a_closed_login_die_with_it(desk: Program) -> None:
    assert desk.read("workers?q=王").status_code == 200
    with within(BY):
        accounts.deactivate(account=desk.account, by=BY)
    assert desk.read("workers?q=王").status_code == 401
    assert desk.send("workers", a_worker()).status_code == 401


# ------------------------------------------------------------------ repeats


def test_the_same_call_under_the_same_key_gets_the_same_answer_and_does_its_act_once(desk: Program) -> None:
    body = a_worker()
    first, again = (desk.send("workers", body, once="row 17") for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert workers() == 1


def test_another_body_under_the_same_key_is_refused(desk: Program) -> None:
    desk.send("workers", a_worker(), once="row 17")
    other = desk.send("workers", a_worker(), once="row 17")
    assert (other.status_code, other.json()["code"]) == (409, "request_key_reused")
    assert workers() == 1


def test_a_refused_call_leaves_its_key_unused(desk: Program) -> None:
    assert desk.send("workers", a_worker(consent=False), once="row 17").status_code == 409
    assert desk.send("workers", a_worker(), once="row 17").status_code == 200


def test_two_programs_may_use_the_same_key(desk: Program) -> None:
    other = clerk_program(cast.TOWN, "station_clerk")
    assert [each.send("workers", a_worker(), once="1").status_code for each in (desk, other)] == [200, 200]
    assert workers() == 2


@pytest.mark.usefixtures("committed")
def test_repeats_at_the_same_moment_make_one_row() -> None:
    cast.county()
    desk, body = clerk_program(), a_worker()

    def call(_number: int) -> tuple[int, bytes]:
        try:
            answer = Program(desk.account, desk.key).send("workers", body, once="row 17")
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(call, range(16)))
    assert [status for status, _ in answers] == [200]
    assert workers() == 1


# ------------------------------------------------------------------ refusals


def test_a_refusal_has_a_code_a_sentence_and_the_field(desk: Program) -> None:
    refused = desk.send("workers", a_worker(identity_number="140411800501001"))
    assert refused.status_code == 409
    assert refused.json() == {
        "code": "identity_number",
        "sentence": "这是老式的15位号码，已经停用，请用18位的身份证。",
        "field": "identity_number",
    }


def test_the_sentence_is_in_the_language_that_was_asked_for(desk: Program) -> None:
    refused = desk.send("workers", a_worker(consent=False), language="en")
    assert refused.json()["sentence"].startswith("A person is registered only with their consent")


def test_what_is_not_there_is_404_and_what_may_not_be_done_is_403(desk: Program) -> None:
    assert desk.read(f"jobs/{uuid4()}").status_code == 404
    hand = program_for(cast.worker())
    answer = hand.send("jobs", a_job(str(cast.employer().id)))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"division": "1404\0"},
        {"name": "长" * 1000},
        {"trades": [{"trade": "loader", "skill": 99}]},
        {"pay_asked_fen": -1},
        {"pay_asked_fen": 10**30},
        {"weekdays": [99]},
        {"available_from": "99:99"},
        {"division": "'; DROP TABLE"},
        {"trades": []},
        {"priority_groups": ["nobody"]},
        {"reach_m": "NaN"},
    ],
)
def test_bad_values_are_refused_and_change_nothing(wrong: dict[str, object], desk: Program) -> None:
    answer = desk.send("workers", a_worker(**wrong))
    assert answer.status_code in (400, 409, 422)
    assert workers() == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"name": "\\ud800"}', b"[" * 5000, b"null"])
def test_broken_bodies_are_refused(body: bytes, desk: Program) -> None:
    headers = {"authorization": f"Bearer {desk.key}"}
    answer = Client().post(f"{API}/workers", body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422)


# ------------------------------------------------------------------ scope


def test_another_county_is_not_there(desk: Program) -> None:
    desk.did("workers", a_worker())
    elsewhere = clerk_program(cast.NEIGHBOUR)
    assert len(desk.read("workers?q=王建国").json()) == 1
    assert elsewhere.read("workers?q=王建国").json() == []


def test_a_worker_reads_and_answers_only_for_himself(desk: Program) -> None:
    with within(BY):
        mine, other = cast.worker("张三"), cast.worker("李四")
        shift = cast.shift(days=2)
    offer = desk.did(f"shifts/{shift.id}/offers", {"worker_id": str(other.id)})
    hand = program_for(mine)
    assert [each["name"] for each in hand.read("workers?q=李四").json()] == []
    assert hand.send(f"offers/{offer['id']}/accept").status_code == 404
    assert hand.send(f"shifts/{shift.id}/applications", {"worker_id": str(other.id)}).status_code in (403, 404)
