"""What a division's plans keep to: a share of places for priority groups, and the most hours of a week."""

from datetime import time, timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.dispatch import operations as dispatch
from linggong.dispatch import planned, rules
from linggong.dispatch.models import DayPlan, PlanRule
from linggong.dispatch.rules import Rules
from linggong.dispatch.weights import ChangeRefused
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast

ADMINISTRATOR = Viewer(role="administrator", name="吴芳", division=cast.COUNTY)


@pytest.fixture(autouse=True)
def market(db: None) -> None:
    cast.county()


def near(name: str = "王建国", **fields: Any) -> Worker:
    return cast.worker(name, latitude=36.252, longitude=113.132, reach_m=5000, **fields)


def master(**fields: Any) -> Worker:
    """Somebody who fits better than most."""
    worker = near("能人", **fields)
    dispatch.note_outcome(worker.id, worker.division, kept=30, rating=5)
    return worker


def keep_to(percent: int = 0, hours: int | None = None, division: str = cast.COUNTY) -> PlanRule:
    return dispatch.set_rules(division=division, rules=Rules(percent, hours), reason="试行", by=system("test"))


def only_the_rules_favour_them() -> None:
    dispatch.set_weights(division=cast.COUNTY, points={"priority": 0}, reason="试行", by=system("test"))


def plan() -> DayPlan:
    made = planned.plan(cast.COUNTY) or planned.latest(cast.COUNTY)
    assert made is not None and made.proved
    return made


def planned_for(shift: Shift) -> set[str]:
    return set(plan().placements.get(str(shift.id), []))


def asked(shift: Shift) -> list[str]:
    with clock.at(shift.starts - timedelta(hours=16)):
        wave = dispatch.advance(shift, by=system("test"))
    with within(system("test")):
        assert wave is not None
        return [line[0] for line in wave.considered]


def test_a_share_of_the_places_is_planned_for_priority_groups_though_others_fit_better() -> None:
    masters = [master() for _ in range(4)]
    poor = near("困难", priority_groups=("hard_to_place",))
    dispatch.note_outcome(poor.id, poor.division, missed=9)
    shift = cast.shift(places=4)
    only_the_rules_favour_them()
    assert planned_for(shift) == {str(one.id) for one in masters}
    keep_to(percent=25)
    chosen = planned_for(shift)
    assert str(poor.id) in chosen and len(chosen) == 4
    assert planned.replay(plan().id)[1]


def test_who_of_them_has_a_place_already_is_counted_in() -> None:
    poor, other = near("困难", priority_groups=("hard_to_place",)), near("别人", priority_groups=("hard_to_place",))
    dispatch.note_outcome(other.id, other.division, missed=9)
    masters = {str(master().id) for _ in range(4)}
    shift = cast.shift(places=4)
    only_the_rules_favour_them()
    dispatch.place(shift=shift, worker=poor, by=cast.clerk())
    keep_to(percent=25)
    assert len(planned_for(shift)) == 3 and planned_for(shift) < masters
    keep_to(percent=50)
    assert len(planned_for(shift)) == 3 and planned_for(shift) - masters == {str(other.id)}


def test_places_kept_back_are_asked_of_others_where_nobody_of_the_groups_suits() -> None:
    people = {str(near().id) for _ in range(2)}
    shift = cast.shift(places=2)
    with clock.at(shift.starts - timedelta(hours=16, minutes=5)):
        keep_to(percent=50)
        assert len(planned_for(shift)) == 1
    assert set(asked(shift)) == people


def test_nobody_is_planned_or_asked_beyond_the_hours_of_a_week() -> None:
    busy, idle = master(), near("闲人")
    shift = cast.shift(places=1, begin=time(8), end=time(18))
    boss = cast.employer("昨天")
    before = cast.shift(boss, places=1, begin=time(19), end=time(23))
    dispatch.place(shift=before, worker=busy, by=cast.clerk())
    for minutes, hours, best in ((15, None, busy), (10, 14, busy), (5, 13, idle)):
        with clock.at(shift.starts - timedelta(hours=16, minutes=minutes)):
            if hours:
                keep_to(hours=hours)
            assert planned_for(shift) == {str(best.id)}
    assert asked(shift) == [str(idle.id)]


def test_whoever_applies_may_work_more() -> None:
    busy, shift = near(), cast.shift(places=2, begin=time(8), end=time(18))
    keep_to(hours=8)
    assert planned_for(shift) == set()
    dispatch.apply(shift=shift, worker=busy, by=cast.viewer_of_worker(busy))


def test_the_hours_are_those_of_the_week_from_monday() -> None:
    worker, boss = near(), cast.employer()
    shift = cast.shift(boss, places=1)
    dispatch.place(shift=shift, worker=worker, by=cast.clerk())
    day = clock.local(shift.starts).date()
    monday = day - timedelta(days=day.weekday())
    minutes = round((shift.ends - shift.starts).total_seconds() / 60)
    assert rules.worked_minutes([str(worker.id)], monday) == {str(worker.id): minutes}
    for other in (monday - timedelta(days=7), monday + timedelta(days=7)):
        assert rules.worked_minutes([str(worker.id)], other) == {}


def test_a_town_may_have_its_own_rules_and_the_county_keeps_every_version() -> None:
    keep_to(percent=20), keep_to(percent=30), keep_to(percent=50, division=cast.TOWN)
    assert rules.rules_of(cast.COUNTY) == Rules(30, None)
    assert rules.rules_of(cast.TOWN) == Rules(50, None)
    assert rules.rules_of(cast.NEIGHBOUR) == Rules()
    assert [row.priority_percent for row in rules.rule_versions(cast.TOWN)] == [50, 30, 20]


@pytest.mark.parametrize("wanted", [Rules(101), Rules(-1), Rules(0, 7), Rules(0, 85), Rules()])
def test_what_makes_no_sense_or_changes_nothing_is_refused(wanted: Rules) -> None:
    with pytest.raises(ChangeRefused):
        dispatch.set_rules(division=cast.COUNTY, rules=wanted, reason="试行", by=ADMINISTRATOR)


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(ChangeRefused):
        dispatch.set_rules(division=cast.COUNTY, rules=Rules(10), reason=" ", by=ADMINISTRATOR)


def test_only_an_administrator_of_the_place_sets_them() -> None:
    for by in (cast.clerk(), Viewer(role="administrator", name="孙丽", division=cast.NEIGHBOUR)):
        with pytest.raises(NotAllowed):
            dispatch.set_rules(division=cast.COUNTY, rules=Rules(10), reason="试行", by=by)
