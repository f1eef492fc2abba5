import math
import random

import pytest

from linggong.matching.acceptance import FEATURES, FLOOR, Model, features, refit, report
from tests.matching.crowd import Crowd
from tests.matching.people import SITE, WANG, site, wang

TRUE = (-1.0, -2.0, 1.5, 1.0, 0.5, -0.7)


def history(count, seed):
    """Answers of a market in which the true weights are known."""
    source = random.Random(seed)
    rows = [(1.0, *(source.uniform(0, 1) for _ in FEATURES[1:])) for _ in range(count)]
    return [
        (row, source.random() < 1 / (1 + math.exp(-sum(w * x for w, x in zip(TRUE, row, strict=True))))) for row in rows
    ]


def test_the_true_weights_are_found_from_enough_answers():
    assert refit(history(20_000, 1)).weights == pytest.approx(TRUE, abs=0.25)


def test_on_answers_not_seen_the_chances_are_calibrated_and_better_than_the_mean():
    told = report(refit(history(20_000, 1)), history(20_000, 2))
    assert told.log_loss < told.log_loss_of_mean - 0.01
    assert all(chance == pytest.approx(share, abs=0.05) for chance, share in told.tenths)


def test_without_history_the_chance_is_even():
    assert refit([]).chance(WANG, SITE, 60) == 0.5


def test_one_answer_or_all_the_same_do_not_make_it_certain():
    row = features(WANG, SITE, 60)
    for answers in ([(row, True)], [(row, True)] * 30, [(row, False)] * 30):
        assert 0 < refit(answers).chance(WANG, SITE, 60) < 1


def test_newcomers_and_priority_groups_are_not_thought_unlikely():
    gloomy = Model((-9.0, 0.0, 0.0, 0.0, 0.0, 0.0), 1000)
    assert gloomy.chance(WANG, SITE, 60) < 0.01
    assert gloomy.chance(wang(registered_days=3), SITE, 60) == FLOOR
    assert gloomy.chance(wang(priority=frozenset({"disabled"})), SITE, 60) == FLOOR


def test_the_features_of_any_offer_are_within_bounds():
    crowd = Crowd(3)
    for number in range(300):
        row = features(crowd.worker(number), crowd.shift(number, 300), crowd.random.randint(-50, 5000))
        assert len(row) == len(FEATURES) and all(-1 <= value <= 1 for value in row)


def test_better_pay_and_a_shorter_way_raise_the_chance_in_such_a_market():
    model = refit(history(20_000, 1))
    usual = model.chance(WANG, SITE, 60)
    assert model.chance(WANG, site(pay_fen=26_000), 60) > usual
    assert model.chance(wang(latitude=36.21), SITE, 60) > usual
