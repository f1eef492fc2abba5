from collections import Counter

import numpy as np
import pytest

from linggong.matching.eligibility import refusals
from linggong.matching.fit import fit
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.planning import InTwoCrews, plan_day, replay, restored
from tests.matching.crowd import Crowd
from tests.matching.people import SITE, site, wang

CROWD = Crowd(7)
WORKERS = {f"w{number}": CROWD.worker(number) for number in range(500)}
SHIFTS = {f"s{number}": CROWD.shift(number, 500) for number in range(40)}


@pytest.fixture(scope="module")
def index():
    index = WorkerIndex()
    index.load(WORKERS.values())
    return index


@pytest.fixture(scope="module")
def plan(index):
    return plan_day(index, list(SHIFTS.values()))


def test_a_day_is_planned_with_proof(plan):
    assert plan.certificate.ok
    assert plan.certificate.filled == len(plan.placements) > 30
    assert plan.certificate.total_fit == sum(placement.total for placement in plan.placements)


def test_everybody_placed_is_eligible_and_placed_once_and_no_shift_is_oversold(plan):
    for placed in plan.placements:
        worker, shift = WORKERS[placed.worker_id], SHIFTS[placed.shift_id]
        assert refusals(worker, shift) == ()
        assert placed.total == fit(worker, shift).total
    assert max(Counter(placed.worker_id for placed in plan.placements).values()) == 1
    for shift_id, count in Counter(placed.shift_id for placed in plan.placements).items():
        assert count <= SHIFTS[shift_id].open_places


def test_the_pairs_are_all_the_eligible_ones(plan):
    snapshot = plan.snapshot
    pairs = {
        (snapshot.worker_ids[worker], snapshot.shift_ids[shift])
        for worker, shift in zip(snapshot.worker, snapshot.shift, strict=True)
    }
    eligible = {(w, s) for w, worker in WORKERS.items() for s, shift in SHIFTS.items() if not refusals(worker, shift)}
    assert pairs == eligible


def test_a_stored_plan_is_replayed_to_the_same_answer(plan):
    again = replay(restored(plan.snapshot.stored()))
    assert again.placements == plan.placements
    assert again.certificate == plan.certificate
    assert again.snapshot.stored() == plan.snapshot.stored()


def test_the_snapshot_keeps_the_version_of_the_weights():
    index = WorkerIndex(Weights(version="county-9"))
    index.put(wang())
    assert restored(plan_day(index, [SITE]).snapshot.stored()).weights_version == "county-9"


def market(*priority):
    index = WorkerIndex()
    index.load(wang(id=f"w{number}", kept=20) for number in range(5))
    index.load(
        wang(id=name, kept=0, missed=9, trades={"bricklayer": 0}, priority=frozenset({"disabled"})) for name in priority
    )
    return index


def test_reserved_places_go_to_priority_groups():
    came = {one.worker_id for one in plan_day(market("li", "zhao"), [SITE], reserved={SITE.id: 1}).placements}
    assert len(came) == 3 and len(came & {"li", "zhao"}) == 1


def test_a_reserved_place_stays_empty_if_nobody_of_them_can_come():
    assert len(plan_day(market(), [SITE], reserved={SITE.id: 1}).placements) == 2


def test_nobody_is_given_more_hours_than_are_left():
    plan = plan_day(market(), [SITE], minutes_left={"w0": 599, "w1": 600, "w2": 0, "w3": 0})
    assert {one.worker_id for one in plan.placements} == {"w1", "w4"}


def test_the_hours_of_the_week_are_capped_and_those_worked_count():
    worked = {"w0": 30 * 60, "w1": 30 * 60 + 1, "w2": 40 * 60, "somebody else": 1}
    plan = plan_day(market(), [SITE], week_minutes=40 * 60, worked=worked)
    assert {one.worker_id for one in plan.placements} == {"w0", "w3", "w4"}
    assert not plan_day(market(), [SITE], week_minutes=599).placements


def test_the_tighter_of_two_caps_holds():
    plan = plan_day(market(), [SITE], week_minutes=44 * 60, worked={"w1": 40 * 60}, minutes_left={"w0": 0, "w1": 6000})
    assert {one.worker_id for one in plan.placements} == {"w2", "w3", "w4"}


def placed(plan):
    return {one.worker_id: one.shift_id for one in plan.placements}


NEXT_DOOR = site(id="next-door", open_places=2)


def test_a_crew_goes_to_one_shift_together():
    plan = plan_day(market(), [SITE, NEXT_DOOR], crews=[["w0", "w1", "w2"], ["w3", "w4"]])
    assert placed(plan) == dict.fromkeys(["w0", "w1", "w2"], SITE.id) | dict.fromkeys(["w3", "w4"], "next-door")
    assert plan.certificate.ok or plan.worth == plan.most


def test_a_crew_too_large_for_every_shift_stays_at_home():
    plan = plan_day(market(), [SITE, NEXT_DOOR], crews=[["w0", "w1", "w2", "w3"]])
    assert set(placed(plan)) == {"w4"} and plan.worth == plan.most


def test_a_crew_of_whom_one_cannot_come_or_is_not_known_stays_at_home():
    assert set(placed(plan_day(market(), [SITE], crews=[["w0", "gone"]]))) == {"w1", "w2", "w3"}
    capped = plan_day(market(), [SITE], crews=[["w0", "w1"]], minutes_left={"w0": 0})
    assert set(placed(capped)) == {"w2", "w3", "w4"}


def test_a_crew_takes_no_reserved_place():
    plan = plan_day(market("li", "zhao"), [NEXT_DOOR], reserved={"next-door": 1}, crews=[["li", "zhao"]])
    assert not {"li", "zhao"} & set(placed(plan))


def test_nobody_goes_with_two_crews():
    with pytest.raises(InTwoCrews, match="w1"):
        plan_day(market(), [SITE], crews=[["w0", "w1"], ["w1", "w2"]])


def test_a_plan_with_crews_is_replayed_to_the_same_answer(index):
    crews = [[f"w{number}", f"w{number + 1}"] for number in range(0, 100, 2)]
    plan = plan_day(index, list(SHIFTS.values()), crews=crews)
    assert plan.worth <= plan.most <= plan_day(index, list(SHIFTS.values())).most
    where = placed(plan)
    assert all(where.get(one) == where.get(other) for one, other in crews)
    again = replay(restored(plan.snapshot.stored()))
    assert (again.placements, again.most) == (plan.placements, plan.most)


def test_without_crews_the_plan_reaches_what_no_plan_can_pass(plan):
    assert plan.worth == plan.most


def test_a_day_without_shifts_or_with_full_ones_is_an_empty_plan(index):
    assert plan_day(index, []).placements == ()
    assert plan_day(index, [site(open_places=0)]).placements == ()
    assert np.array_equal(plan_day(index, []).snapshot.places, [])
