"""What was acknowledged survives kill -9 of server and database in the middle of the loop."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from linggong.lib import clock
from tests import cast
from tests.journeys.program import PROJECT, Program

pytestmark = pytest.mark.xdist_group("crash")


@pytest.fixture
def program() -> Iterator[Program]:
    made = Program(PROJECT / "var" / "crash")
    made.start()
    yield made
    made.stop()


def post(client: httpx.Client, path: str, body: dict[str, Any] | None = None, key: str = "") -> dict[str, Any]:
    answer = client.post(path, json=body or {}, headers={"Idempotency-Key": key or str(uuid4())})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def new_worker(telephone: str) -> dict[str, Any]:
    return {
        "name": "王建国",
        "identity_number": cast.identity_number(),
        "telephone": telephone,
        "trades": [{"trade": "loader", "skill": 2}],
        "division": "140403103",
        "consent": True,
    }


def new_employer() -> dict[str, Any]:
    typed = cast.new_employer()
    return {
        "kind": "firm",
        "name": typed.name,
        "register_number": typed.register_number,
        "contact_name": "李强",
        "telephone": "13903550001",
        "division": "140403103",
        "latitude": 36.28,
        "longitude": 113.09,
    }


def new_job(employer_id: str) -> dict[str, Any]:
    begin = clock.now() + timedelta(minutes=30)
    return {
        "employer_id": employer_id,
        "trade": "loader",
        "title": "卸货",
        "place_name": "马厂镇物流园",
        "division": "140403103",
        "latitude": 36.28,
        "longitude": 113.09,
        "pay_fen": 30_00,
        "pay_unit": "hour",
        "shifts": [{"starts": begin.isoformat(), "ends": (begin + timedelta(hours=4)).isoformat(), "places": 2}],
    }


def test_the_loop_goes_on_where_it_was_after_kill_9_of_everything(program: Program, tmp_path: Path) -> None:
    program.call("divisions", "--province", "14")
    program.add_staff("wangfang", "window_clerk")
    clerk = program.api("wangfang")

    worker = post(clerk, "/workers", new_worker("13803550001"))
    employer = post(clerk, "/employers", new_employer())
    post(clerk, f"/employers/{employer['id']}/approve")
    job = post(clerk, "/jobs", new_job(employer["id"]))
    shift = job["shifts"][0]
    key = str(uuid4())
    placed = post(clerk, f"/shifts/{shift['id']}/applications", {"worker_id": worker["id"]}, key)

    program.kill_everything()
    program.start()

    assert clerk.get("/workers", params={"q": "王建国"}).json()[0]["id"] == worker["id"]
    assert clerk.get(f"/jobs/{job['id']}").json()["shifts"][0]["taken"] == 1
    again = post(clerk, f"/shifts/{shift['id']}/applications", {"worker_id": worker["id"]}, key)
    assert again == placed
    assert "卸货" in program.wait_for_message("13803550001", "定好了")

    placement = placed["placement"]["id"]
    assert post(clerk, f"/placements/{placement}/arrival")["state"] == "arrived"
