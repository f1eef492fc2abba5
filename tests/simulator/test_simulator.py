from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from linggong.matching.eligibility import Reason, refusals
from linggong.simulator.command import main
from linggong.simulator.county import DAY, county
from linggong.simulator.market import Market, simulate
from linggong.simulator.outcome import Outcome, Taken
from linggong.simulator.people import Nature, way_minutes
from linggong.simulator.policies import POLICIES, Engine
from linggong.simulator.report import FIGURES, as_page, means, waiting
from tests.matching.people import site, wang

COUNTY = county(workers=200, shifts=15, days=3, seed=1)
OUTCOMES = {name: simulate(COUNTY, policy()) for name, policy in POLICIES.items()}


def place(worker=None, shift=None, **changes):
    """A place taken ten minutes after the posting, by somebody who came."""
    return Taken(worker or wang(), shift or site(), **{"agreed_after": 10, "ready_after": 25, "came": True} | changes)


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_works_at_two_places_at_once_or_against_the_rules(policy):
    shifts = defaultdict(list)
    for one in OUTCOMES[policy].taken:
        shifts[one.worker.id].append(one.shift)
        assert set(refusals(one.worker, one.shift)) <= {Reason.FULL}
    assert shifts
    for theirs in shifts.values():
        assert all(a.ends < b.starts for a, b in pairwise(sorted(theirs, key=lambda shift: shift.starts)))


@pytest.mark.parametrize("policy", POLICIES)
def test_no_shift_is_oversold(policy):
    taken = OUTCOMES[policy].taken
    first = Counter(one.shift.id for one in taken if not one.late)
    in_all = Counter(one.shift.id for one in taken if one.came)
    for posting in COUNTY.postings:
        assert max(first[posting.shift.id], in_all[posting.shift.id]) <= posting.shift.places


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_seed_gives_the_same_days(policy):
    assert simulate(COUNTY, POLICIES[policy]()) == OUTCOMES[policy]


def test_the_engine_fills_more_places_sooner_than_the_list_by_filter():
    engine, listed = OUTCOMES["engine"], OUTCOMES["list by filter"]
    assert engine.worked >= 1.15 * listed.worked
    assert engine.minutes_to_full <= listed.minutes_to_full / 2
    assert engine.disturbed_per_place < listed.disturbed_per_place
    assert engine.gini < listed.gini


def test_the_engine_fills_more_places_than_the_best_score_alone():
    assert OUTCOMES["engine"].worked > OUTCOMES["greedy score"].worked


def test_the_engine_learns_from_the_answers_of_the_days():
    engine = Engine()
    Market(COUNTY, engine).run()
    assert engine.model.answers > 100
    nature, dawn = Nature(COUNTY.seed), engine.model.weights
    assert any(nature.looks(worker.id, 0) for worker in COUNTY.workers)
    assert dawn != Engine().model.weights


def test_only_the_engine_calls_standbys_for_who_is_missing():
    assert any(one.late for one in OUTCOMES["engine"].taken)
    assert not any(one.late for name, run in OUTCOMES.items() if name != "engine" for one in run.taken)


def test_nobody_stands_at_the_roadside_in_the_evening():
    nature = Nature(1)
    people = [f"w{number}" for number in range(100)]
    assert any(nature.stands(one, 0, 7 * 60) for one in people)
    assert not any(nature.stands(one, 0, 19 * 60) for one in people)


def test_who_lives_near_walks_and_who_lives_far_rides():
    near, far = site(latitude=wang().latitude + 0.009), site(latitude=wang().latitude + 0.036)
    assert way_minutes(wang(), near) == pytest.approx(1000 / 70, rel=0.02)
    assert way_minutes(wang(), far) == pytest.approx(4000 / 250, rel=0.02)


def test_postings_come_at_the_hours_of_a_market_day():
    assert len(COUNTY.postings) == 45
    assert all(5 * 60 <= posting.minute % DAY < 20 * 60 < DAY for posting in COUNTY.postings)
    assert all(posting.starts - posting.minute >= 60 for posting in COUNTY.postings)


def test_the_figures_are_reckoned_as_they_are_named():
    away = place(wang(id="li", priority=frozenset({"difficulty"})), came=False)
    instead = place(wang(id="zhao"), agreed_after=200, late=True)
    run = Outcome(days=2, workers=4, posts=2, places=4, disturbed=6, taken=[place(), away, instead], full_after=[30.0])
    assert (run.agreed, run.worked) == (0.5, 0.5)
    assert run.kept == pytest.approx(2 / 3)
    assert run.disturbed_per_place == 3
    assert run.minutes_to_full == float("inf")
    assert run.minutes_to_full_where_full == 30
    assert run.minutes_to_arrival == 25
    assert run.priority == 0
    assert run.incomes == [0, 0, 22_000, 22_000]
    assert run.income == pytest.approx(55)
    assert run.gini == pytest.approx(0.5)
    assert run.kilometres == pytest.approx(1.4, abs=0.01)
    assert waiting([run]) == [(0.0, 0.0), (10, 25.0), (10, 50.0), (240, 50.0)]


def test_days_on_which_nothing_happens_have_figures_too():
    assert means({"none": [Outcome()]})["none"]["worked"] == 0
    assert "none" in as_page({"none": [Outcome()]}, "")


def test_the_command_prints_all_policies_and_writes_one_page(capsys, tmp_path):
    report = tmp_path / "report.html"
    few = ["--workers", "40", "--shifts", "4", "--days", "1", "--counties", "1"]
    assert main([*few, "--report", str(report)]) == 0
    printed, page = capsys.readouterr().out, report.read_text()
    for policy in POLICIES:
        assert policy in printed and policy in page
    assert page.count("<rect") == len(POLICIES) * len(FIGURES)
    assert page.count("<polyline") == len(POLICIES) * 2


def test_a_report_that_cannot_be_written_is_said(capsys, tmp_path):
    few = ["--workers", "5", "--shifts", "1", "--days", "1", "--counties", "1"]
    assert main([*few, "--report", str(tmp_path / "no" / "where")]) == 2
    assert "写不了报告" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-3", "x", "1000000"])
def test_numbers_beyond_reason_are_refused(number):
    with pytest.raises(SystemExit):
        main(["--workers", number])
