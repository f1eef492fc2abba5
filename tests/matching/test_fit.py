from dataclasses import fields
from datetime import date

import pytest

from linggong.matching.explanation import table
from linggong.matching.fit import fit
from linggong.matching.model import Weights, Worker
from tests.matching.people import SITE, WANG, site, wang

USUAL = fit(WANG, SITE)


def test_the_total_is_the_sum_of_the_terms_and_keeps_the_version_of_the_weights():
    assert USUAL.total == sum(USUAL.terms.values())
    assert fit(WANG, SITE, Weights(version="changzhi-3")).weights_version == "changzhi-3"
    assert [(code, points) for code, _, points in table(USUAL)] == list(USUAL.terms.items())


@pytest.mark.parametrize(
    ("term", "worker", "shift"),
    [
        ("trade", wang(trades={"bricklayer": 3}), SITE),
        ("distance", wang(latitude=36.21), SITE),
        ("pay", WANG, site(pay_fen=26_000)),
        ("record", wang(kept=20), SITE),
        ("record", wang(rating_sum=50), SITE),
        ("freshness", wang(registered_days=3), SITE),
        ("priority", wang(priority=frozenset({"demobilised"})), SITE),
        ("waiting", wang(idle_days=20), SITE),
        ("named", WANG, site(named=frozenset({"wang"}))),
    ],
)
def test_each_advantage_raises_its_own_term_and_no_other(term, worker, shift):
    better = fit(worker, shift).terms
    assert better[term] > USUAL.terms[term]
    assert {**better, term: 0} == {**USUAL.terms, term: 0}


def test_a_newcomer_without_record_is_not_below_somebody_who_came_to_four_of_five():
    newcomer = wang(kept=0, missed=0, rating_sum=0, rating_count=0)
    assert fit(newcomer, SITE).terms["record"] >= fit(wang(kept=4, missed=1), SITE).terms["record"] - 40
    assert fit(newcomer, SITE).terms["record"] > fit(wang(kept=1, missed=4, rating_sum=10), SITE).terms["record"]


def test_no_term_knows_sex_ethnicity_or_household_registration():
    known = {field.name for field in fields(Worker)}
    assert not known & {"sex", "gender", "ethnicity", "nation", "hukou", "household_registration", "name", "id_number"}


@pytest.mark.parametrize("birth_date", [date(1960, 1, 1), date(1985, 6, 30), date(2006, 12, 31)])
def test_another_age_changes_nothing(birth_date):
    assert fit(wang(birth_date=birth_date), SITE) == USUAL


def test_swapping_all_that_the_terms_do_not_name_changes_nothing():
    other = wang(id="li", birth_date=date(1999, 9, 9), trades={"bricklayer": 2}, certificates=frozenset())
    assert fit(other, SITE) == USUAL


def test_a_priority_group_may_be_given_another_figure_by_the_division():
    weights = Weights(priority_groups={"disabled": 120})
    both = wang(priority=frozenset({"disabled", "graduate"}))
    assert fit(both, SITE, weights).terms["priority"] == 120
