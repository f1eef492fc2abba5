from collections import Counter

import pytest

from linggong.matching.eligibility import refusals
from linggong.simulator.command import main
from linggong.simulator.county import morning
from linggong.simulator.day import Outcome, simulate
from linggong.simulator.policies import POLICIES
from linggong.simulator.report import as_page, means
from tests.matching.people import site, wang

COUNTY = morning(200, 20, seed=1)
OUTCOMES = {name: simulate(COUNTY, policy, 1) for name, policy in POLICIES.items()}


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_is_booked_twice_or_against_the_rules_and_no_shift_is_oversold(policy):
    placed = OUTCOMES[policy].placed
    assert placed
    assert len({worker.id for worker, _ in placed}) == len(placed)
    assert not any(refusals(worker, shift) for worker, shift in placed)
    for shift_id, count in Counter(shift.id for _, shift in placed).items():
        assert count <= next(one.shift.places for one in COUNTY.postings if one.shift.id == shift_id)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_seed_gives_the_same_morning(policy):
    again = simulate(morning(200, 20, seed=1), POLICIES[policy], 1)
    assert again == OUTCOMES[policy]


def test_the_engine_fills_more_places_sooner_than_the_list_by_filter():
    engine, listed = OUTCOMES["engine"], OUTCOMES["list by filter"]
    assert engine.filled >= 1.15 * listed.filled
    assert engine.minutes_to_full <= listed.minutes_to_full / 2
    assert engine.disturbed_per_place < listed.disturbed_per_place


def test_the_figures_are_reckoned_as_they_are_named():
    outcome = Outcome(
        places=4, workers=4, disturbed=6, placed=[(wang(), site()), (wang(id="li"), site())], filled_at=[9.0]
    )
    assert (outcome.filled, outcome.disturbed_per_place, outcome.minutes_to_full) == (0.5, 3.0, 9.0)
    assert outcome.gini == pytest.approx(0.5)
    assert outcome.kilometres == pytest.approx(1.4, abs=0.01)
    assert outcome.priority == 0


def test_a_morning_on_which_nothing_happens_has_figures_too():
    assert means({"none": [Outcome()]})["none"]["filled"] == 0
    assert "none" in as_page(means({"none": [Outcome()]}), "")


def test_the_command_prints_all_policies_and_writes_one_page(capsys, tmp_path):
    report = tmp_path / "report.html"
    assert main(["--workers", "40", "--shifts", "4", "--days", "1", "--report", str(report)]) == 0
    printed, page = capsys.readouterr().out, report.read_text()
    for policy in POLICIES:
        assert policy in printed and policy in page
    assert page.count("<svg") == len(POLICIES) * 8


def test_a_report_that_cannot_be_written_is_said(capsys, tmp_path):
    assert main(["--workers", "5", "--shifts", "1", "--days", "1", "--report", str(tmp_path / "no" / "where")]) == 2
    assert "写不了报告" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-3", "x", "1000000"])
def test_numbers_beyond_reason_are_refused(number):
    with pytest.raises(SystemExit):
        main(["--workers", number])
