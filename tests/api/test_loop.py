"""The whole loop over HTTP, each side with its own key."""

from datetime import datetime, timedelta

from django.test import Client

from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.lib.credit_code import make_credit_code
from linggong.workers.models import Worker
from tests import cast
from tests.api.conftest import BY, Program, a_job, a_worker, program_for

FIRM = {
    "kind": "firm",
    "name": "潞州商贸有限公司",
    "contact_name": "李强",
    "division": cast.COUNTY,
    "latitude": 36.195,
    "longitude": 113.125,
}


def test_registered_vetted_posted_asked_arrived_paid_and_rated(desk: Program) -> None:
    worker = desk.did("workers", a_worker())
    assert "*" in worker["identity_masked"]
    firm = desk.did("employers", FIRM | {"register_number": make_credit_code(77), "telephone": cast.telephone()})
    assert firm["state"] == "pending"
    job = desk.did("jobs", a_job(firm["id"]))
    assert job["state"] == "checking"
    assert desk.did(f"employers/{firm['id']}/approve")["state"] == "approved"
    assert desk.read(f"jobs/{job['id']}").json()["state"] == "open"
    shift = job["shifts"][0]
    assert [each["id"] for each in Client().get("/api/v1/shifts").json()] == [shift["id"]]

    with within(BY):
        boss = program_for(Employer.objects.get(pk=firm["id"]))
        hand = program_for(Worker.objects.get(pk=worker["id"]))
    [candidate] = desk.read(f"shifts/{shift['id']}/candidates").json()
    assert candidate["worker_id"] == worker["id"]
    assert candidate["reason_zh"]
    assert candidate["reason_en"]
    offer = desk.did(f"shifts/{shift['id']}/offers", {"worker_id": worker["id"]})
    placement = hand.did(f"offers/{offer['id']}/accept")["placement"]
    assert placement["state"] == "confirmed"

    starts, ends = datetime.fromisoformat(shift["starts"]), datetime.fromisoformat(shift["ends"])
    with clock.at(starts + timedelta(minutes=2)):
        assert boss.did(f"placements/{placement['id']}/arrival")["state"] == "arrived"
    with clock.at(ends + timedelta(minutes=5)):
        wage = boss.did(f"placements/{placement['id']}/wage", {"left_at": ends.isoformat()})
        assert wage["owed_fen"] == 22000
        paid = boss.did(f"wages/{wage['id']}/payments", {"amount_fen": 22000, "way": "wechat"})
        assert paid["state"] == "paid"
        assert hand.did(f"wages/{wage['id']}/receipt")["state"] == "received"
        hand.did(f"placements/{placement['id']}/ratings", {"side": "worker", "stars": 5, "as_advertised": True})
        boss.did(f"placements/{placement['id']}/ratings", {"side": "employer", "stars": 5})


def test_a_worker_applies_and_gives_the_place_back(desk: Program) -> None:
    boss = cast.employer()
    with within(BY):
        worker = cast.worker()
        shift = cast.shift(boss, instant_confirmation=False, days=2)
    hand, firm = program_for(worker), program_for(boss)
    answer = hand.did(f"shifts/{shift.id}/applications", {"worker_id": str(worker.id)})
    assert answer["placement"] is None
    placement = firm.did(f"offers/{answer['offer']['id']}/confirm")
    assert hand.did(f"placements/{placement['id']}/cancel", {"reason": "病了"})["state"] == "cancelled_by_worker"


def test_a_job_that_waits_is_decided_by_a_clerk(desk: Program) -> None:
    boss = cast.employer()
    job = desk.did("jobs", a_job(str(boss.id), description="先交押金 200 元"))
    assert job["state"] == "checking"
    assert job["findings"]
    assert desk.did(f"jobs/{job['id']}/decision", {"allow": False, "reason": "不许收押金"})["state"] == "refused"
