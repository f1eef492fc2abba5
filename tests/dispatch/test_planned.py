"""The plan for the hours ahead, the chances learnt, and the weights: what waves go by, and what is kept of it."""

import contextlib
import random
from datetime import time, timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.dispatch import chances, planned, pool, weights
from linggong.dispatch import market as memory
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import DayPlan, Offer, Wave
from linggong.dispatch.shifts import shift_for_engine
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.matching import explanation, planning
from linggong.matching.acceptance import FEATURES
from linggong.posts import operations as posting
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.workers import operations as workers
from linggong.workers.models import Worker
from tests import cast


@pytest.fixture(autouse=True)
def market(db: None) -> None:
    cast.county()


def near(name: str = "王建国", **fields: Any) -> Worker:
    return cast.worker(name, latitude=36.252, longitude=113.132, reach_m=5000, **fields)


def plan() -> DayPlan:
    made = planned.plan(cast.COUNTY)
    assert made is not None
    return made


def first_asked(shift: Shift) -> str:
    with clock.at(shift.starts - timedelta(hours=16)):
        wave = dispatch.advance(shift, by=system("test"))
    with within(system("test")):
        assert wave is not None and wave.offers.exists()
        return str(wave.considered[0][0])


@pytest.fixture
def two_shifts() -> tuple[Shift, Shift, Worker, Worker]:
    """Somebody who can do both and is the best for each, and a cook who can only cook."""
    both = near("能人", trades=("cook", "loader"), priority_groups=("migrant",))
    cook = near("厨师", trades=("cook",))
    boss = cast.employer()
    return cast.shift(boss, trade="cook", title="做饭", places=1), cast.shift(boss, places=1), both, cook


def test_a_plan_fills_both_places_where_the_best_person_could_take_either(
    two_shifts: tuple[Shift, Shift, Worker, Worker],
) -> None:
    cooking, loading, both, cook = two_shifts
    made = plan()
    assert (made.filled, made.places, made.proved) == (2, 2, True)
    assert made.placements == {str(cooking.id): [str(cook.id)], str(loading.id): [str(both.id)]}


def test_a_wave_asks_first_who_is_planned_for_the_shift(two_shifts: tuple[Shift, Shift, Worker, Worker]) -> None:
    cooking, _, both, cook = two_shifts
    assert pool.shortlist(cooking).suggestions[0].worker == both
    with clock.at(cooking.starts - timedelta(hours=16, minutes=5)):
        made = plan()
    assert first_asked(cooking) == str(cook.id)
    with within(system("test")):
        wave = Wave.objects.get(shift=cooking)
    assert wave.plan_id == made.id
    assert wave.log_position > 0 and wave.weights_version == "2026-1"


def test_without_a_plan_the_best_fit_is_asked_first(two_shifts: tuple[Shift, Shift, Worker, Worker]) -> None:
    assert first_asked(two_shifts[0]) == str(two_shifts[2].id)


def test_an_unchanged_market_is_not_planned_again_and_a_changed_one_is(
    two_shifts: tuple[Shift, Shift, Worker, Worker],
) -> None:
    made = plan()
    assert planned.plan(cast.COUNTY) is None
    near("新来的", trades=("cook",))
    assert plan().id != made.id


def test_the_background_work_plans_each_county_once_a_minute(two_shifts: tuple[Shift, Shift, Worker, Worker]) -> None:
    assert (dispatch.plan_all(), dispatch.plan_all()) == (1, 0)


def test_old_plans_go(two_shifts: tuple[Shift, Shift, Worker, Worker]) -> None:
    plan()
    with clock.at(clock.now() + timedelta(days=8)), within(system("test")):
        dispatch.plan_all()
        assert not DayPlan.objects.exists()


def test_after_any_change_the_plan_goes_on_to_the_same_optimum_and_each_is_replayed_to_the_same_answer() -> None:
    boss, draw = cast.employer(), random.Random(5)
    people = [near("工友", trades=draw.choice([("loader",), ("cook",), ("loader", "cook")])) for _ in range(24)]
    shifts = [cast.shift(boss, trade=draw.choice(["loader", "cook"]), places=draw.randint(1, 3)) for _ in range(8)]
    made = [plan()]
    for turn in range(12):
        something_happens(draw, people, shifts, boss)
        made.append(planned.plan(cast.COUNTY) or made[-1])
        assert made[-1].proved
        assert (made[-1].filled, made[-1].total_fit) == optimum_from_nothing(), turn
    assert [row.link for row in dict.fromkeys(made)][:3] == [0, 1, 2]
    assert all(planned.replay(row.id)[1] for row in made)
    assert len(made[1].snapshot) < len(made[0].snapshot)


def something_happens(draw: random.Random, people: list[Worker], shifts: list[Shift], boss: Employer) -> None:
    """Somebody registers, is booked, stops looking, or a shift is posted or changes."""
    clerk = cast.clerk()
    match draw.randrange(5):
        case 0:
            people.append(near("新人", trades=("cook",)))
        case 1:
            shift, worker = draw.choice(shifts), draw.choice(people)
            with contextlib.suppress(Refusal):
                dispatch.place(shift=shift, worker=worker, by=clerk)
        case 2:
            workers.set_state(worker=people.pop(), state="paused", by=clerk)
        case 3:
            shifts.append(cast.shift(boss, places=draw.randint(1, 3)))
        case 4:
            shift = draw.choice(shifts)
            shift.refresh_from_db()
            posting.change_places(shift=shift, places=shift.taken + draw.randint(1, 4), by=clerk)


def optimum_from_nothing() -> tuple[int, int]:
    with within(system("test")):
        ahead = [shift_for_engine(shift) for shift in posts.open_shifts()]
    certificate = memory.market.ask(lambda index: planning.plan_day(index, ahead)).certificate
    return certificate.filled, certificate.total_fit


def test_a_long_chain_and_a_large_change_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "LONGEST_CHAIN", 2)
    cast.shift(cast.employer(), places=30)
    links = []
    for crowd in (8, 1, 1, 1, 20):
        for _ in range(crowd):
            near()
        links.append(plan().link)
    assert links == [0, 1, 2, 0, 0]


def test_other_weights_begin_anew(two_shifts: tuple[Shift, Shift, Worker, Worker]) -> None:
    plan()
    dispatch.set_weights(division=cast.COUNTY, points={"pay": 10}, reason="试行", by=system("test"))
    made = plan()
    assert (made.link, made.weights_version) == (0, f"{cast.COUNTY}-1")


def test_a_chain_is_kept_as_long_as_one_of_it_is_looked_at() -> None:
    for _ in range(5):
        near()
    cast.shift(places=9)
    first = plan()
    near()
    with clock.at(clock.now() + timedelta(hours=1)):
        plan()
    with clock.at(clock.now() + timedelta(days=7, minutes=30)), within(system("test")):
        dispatch.plan_all()
        assert DayPlan.objects.filter(pk=first.pk).exists()
        assert planned.replay(first.id)[1]


def test_a_stored_plan_is_replayed_to_the_same_answer_and_a_forged_one_is_found_out(
    two_shifts: tuple[Shift, Shift, Worker, Worker],
) -> None:
    made = plan()
    assert planned.replay(made.id)[1]
    with within(system("test")):
        DayPlan.objects.update(filled=3)
    assert not planned.replay(made.id)[1]


# ------------------------------------------------------------------ weights


def test_a_county_weighs_as_it_wishes_and_its_neighbour_as_before() -> None:
    near(), near("李近")
    shift = cast.shift()
    before = pool.shortlist(shift).suggestions[0]
    dispatch.set_weights(division=cast.COUNTY, points={"distance": 900}, reason="试行", by=system("test"))
    after = pool.shortlist(shift).suggestions[0]
    assert after.terms["distance"] > before.terms["distance"]
    assert (before.weights_version, after.weights_version) == ("2026-1", f"{cast.COUNTY}-1")
    assert weights.weights_of(cast.NEIGHBOUR).version == "2026-1"
    assert pool.judge(after.worker, shift)[1].fit == after.fit


def test_the_next_version_keeps_what_is_not_named() -> None:
    dispatch.set_weights(division=cast.COUNTY, points={"distance": 900}, reason="试行", by=system("test"))
    dispatch.set_weights(division=cast.COUNTY, points={"pay": 10}, reason="试行", by=system("test"))
    now = weights.weights_of(cast.TOWN)
    assert (now.version, now.distance, now.pay) == (f"{cast.COUNTY}-2", 900, 10)


@pytest.mark.parametrize("points", [{"sex": 5}, {"distance": -1}, {"version": 3}])
def test_only_known_terms_have_weights(points: dict[str, int]) -> None:
    with pytest.raises(weights.UnknownTerm):
        dispatch.set_weights(division=cast.COUNTY, points=points, reason="试行", by=system("test"))


def test_a_clerk_does_not_set_weights_nor_an_administrator_those_of_the_neighbour() -> None:
    for by in (cast.clerk(), Viewer(role="administrator", name="吴芳", division=cast.NEIGHBOUR)):
        with pytest.raises(NotAllowed):
            dispatch.set_weights(division=cast.COUNTY, points={"pay": 1}, reason="试行", by=by)


# ------------------------------------------------------------------ chances


def answered(count: int, *, yes: bool) -> None:
    """So many offers, all answered alike."""
    boss = cast.employer("学习" if yes else "再学")
    shift = cast.shift(boss, places=count + 1)
    for _ in range(count):
        worker = near()
        with within(system("test")):
            offer = dispatch.offer(shift=shift, worker=worker, by=cast.clerk(), origin="desk")
        if yes:
            dispatch.accept(offer=offer, by=cast.viewer_of_worker(worker))
        else:
            dispatch.decline(offer=offer, by=cast.viewer_of_worker(worker), reason="far")


def test_the_chances_are_learnt_from_the_countys_own_answers_and_kept_as_a_version() -> None:
    answered(40, yes=True)
    kept, report = dispatch.refit(division=cast.COUNTY, by=system("test"))
    assert (kept.version, kept.answers) == (f"{cast.COUNTY}-1", 40)
    assert report.accepted.count == 8
    learnt = chances.chances_in(cast.TOWN)
    assert learnt.version == kept.version and learnt.model.answers == 40


def test_too_little_history_leaves_the_usual_chances() -> None:
    answered(3, yes=False)
    dispatch.refit(division=cast.COUNTY, by=system("test"))
    assert chances.chances_in(cast.COUNTY).version == ""


def test_where_people_mostly_say_yes_fewer_are_asked() -> None:
    shift = cast.shift(cast.employer("大活"), places=4, begin=time(13), end=time(17))
    crowd = [near("备用") for _ in range(20)]
    usual = _size_of_wave(shift)
    answered(40, yes=True)
    dispatch.refit(division=cast.COUNTY, by=system("test"))
    with within(system("test")):
        Offer.objects.filter(worker__in=crowd).delete()
    assert _size_of_wave(shift) < usual


def _size_of_wave(shift: Shift) -> int:
    with clock.at(shift.starts - timedelta(hours=16)):
        wave = dispatch.advance(shift, by=system("test"))
    assert wave is not None
    return wave.size


def test_what_an_auditor_asks_of_an_offer_is_kept_with_it() -> None:
    near()
    shift = cast.shift()
    first_asked(shift)
    with within(system("test")):
        offer = Offer.objects.get(shift=shift)
    assert sum(offer.fit["terms"].values()) == offer.fit["total"]
    assert len(offer.fit["features"]) == len(FEATURES)
    assert explanation.TERMS["zh"].keys() == offer.fit["terms"].keys()
