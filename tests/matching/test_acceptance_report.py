import json

import pytest

from linggong.matching.acceptance import Model, refit
from linggong.matching.acceptance_report import Exposure, apart, exposures, report
from tests.matching.people import wang
from tests.matching.test_acceptance import history

CHECKED = history(30_000, 2)
TOLD = report(refit(history(30_000, 1)), CHECKED)


@pytest.mark.parametrize("quality", [TOLD.accepted, TOLD.arrived], ids=["accepted", "arrived"])
def test_on_answers_not_seen_the_chances_are_calibrated_and_better_than_the_mean(quality):
    assert quality.log_loss < quality.log_loss_of_mean - 0.005
    assert quality.calibration_error < 0.02
    assert all(tenth.foretold == pytest.approx(tenth.happened, abs=0.05) for tenth in quality.tenths)


def test_a_model_that_is_always_too_sure_is_seen_to_be():
    assert report(Model((9.0, *[0.0] * 5)), CHECKED).accepted.calibration_error > 0.5


def test_every_answer_is_in_one_tenth():
    assert TOLD.accepted.count == sum(tenth.count for tenth in TOLD.accepted.tenths) == 30_000
    assert TOLD.arrived.count == sum(answer.accepted for answer in CHECKED)


def test_the_last_fifth_is_kept_apart_to_check_against():
    learn, check = apart(CHECKED[:10])
    assert [*learn, *check] == CHECKED[:10] and len(check) == 2


def test_a_report_on_nothing_says_so():
    told = report(Model(), [])
    assert "还没有记录" in told.as_text() and told.accepted.calibration_error == 0


NEW = [wang(id=f"n{number}", registered_days=2) for number in range(5)]
DISABLED = [wang(id=f"d{number}", priority=frozenset({"disabled"})) for number in range(5)]
OLD = [wang(id=f"o{number}") for number in range(10)]


def test_exposure_is_measured_against_asking_blindly_for_the_same_shifts():
    rounds = [([*NEW, *DISABLED, *OLD], {"n0", "o0", "o1", "o2"}), (OLD, {"o5", "o6"})]
    told = {one.group: one for one in exposures(rounds)}
    assert (told["newcomer"].asked, told["newcomer"].of, told["newcomer"].expected) == (1, 6, 1)
    assert (told["disabled"].asked, told["disabled"].expected) == (0, 1)
    assert told["others"].expected == 4
    assert told["newcomer"].ratio == 1 and told["disabled"].ratio == 0


def test_a_group_asked_less_than_four_fifths_of_its_share_is_under_the_floor():
    assert Exposure("disabled", 80, 400, 100.0).kept
    assert not Exposure("disabled", 78, 400, 100.0).kept
    assert Exposure("disabled", 0, 400, 1.0).kept


def test_the_report_shows_who_is_under_the_floor_in_both_languages():
    told = report(Model(), CHECKED[:100], [Exposure("newcomer", 10, 400, 100.0)])
    assert "没有达到" in told.as_text() and "新登记的人" in told.as_text()
    assert "NOT KEPT" in told.as_text("en") and "2.5" in told.as_text("en")
    assert "NOT KEPT" in told.as_html("en")


def test_the_page_is_complete_in_itself_and_escapes_what_it_is_told():
    page = report(Model(), [], [Exposure("<b>", 1, 1, 1.0)]).as_html("en")
    assert page.startswith("<!doctype html>") and "<b>" not in page and "&lt;b&gt;" in page


def test_the_report_can_be_kept():
    kept = json.loads(report(Model(), CHECKED[:100], [Exposure("newcomer", 10, 400, 100.0)]).to_json())
    assert kept["accepted"]["count"] == 100 and kept["exposure"][0]["asked"] == 10
