import json
import math
import random

import pytest

from linggong.matching.acceptance import (
    ARRIVAL_FLOOR,
    FEATURES,
    FLOOR,
    USUAL_ARRIVAL,
    USUAL_YES,
    Answer,
    Model,
    UnknownModel,
    features,
    refit,
)
from tests.matching.crowd import Crowd
from tests.matching.people import SITE, WANG, site, wang

YES = (-1.0, -2.0, 1.5, 1.0, 0.5, -0.7)
ARRIVAL = (1.5, -1.0, 0.3, 1.2, 0.1, -0.5)


def happens(source, weights, row):
    return source.random() < 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))


def history(count, seed):
    """Answers of a market in which the true weights are known."""
    source, answers = random.Random(seed), []
    for _ in range(count):
        row = (1.0, *(source.uniform(0, 1) for _ in FEATURES[1:]))
        accepted = happens(source, YES, row)
        answers.append(Answer(row, accepted, happens(source, ARRIVAL, row) if accepted else None))
    return answers


def test_the_true_weights_are_found_from_enough_answers():
    model = refit(history(40_000, 1))
    assert model.weights == pytest.approx(YES, abs=0.25)
    assert model.arrival_weights == pytest.approx(ARRIVAL, abs=0.4)
    assert model.answers == 40_000 > model.arrivals > 10_000


def test_without_history_the_chances_are_the_usual():
    assert refit([]).chance(WANG, SITE, 60) == pytest.approx(USUAL_YES)
    assert refit([]).chance_of_arrival(WANG, SITE, 60) == pytest.approx(USUAL_ARRIVAL)


def test_one_answer_or_all_the_same_do_not_make_it_certain():
    row = features(WANG, SITE, 60)
    for answer in (Answer(row, True, True), Answer(row, True, False), Answer(row, False)):
        for count in (1, 30):
            model = refit([answer] * count)
            assert 0 < model.chance(WANG, SITE, 60) < 1
            assert 0 < model.chance_of_arrival(WANG, SITE, 60) < 1


def test_an_arrival_not_known_teaches_nothing_about_arrivals():
    row = features(WANG, SITE, 60)
    assert refit([Answer(row, True)] * 50).chance_of_arrival(WANG, SITE, 60) == pytest.approx(USUAL_ARRIVAL)


def test_a_refused_offer_teaches_nothing_about_arrivals():
    row = features(WANG, SITE, 60)
    assert refit([Answer(row, False, False)] * 50).arrivals == 0


def test_newcomers_and_priority_groups_are_not_thought_unlikely():
    gloomy = Model((-9.0, *[0.0] * 5), 1000, (-9.0, *[0.0] * 5), 1000)
    assert gloomy.chance(WANG, SITE, 60) < 0.01 and gloomy.chance_of_arrival(WANG, SITE, 60) < 0.01
    for one in (wang(registered_days=3), wang(priority=frozenset({"disabled"}))):
        assert gloomy.chance(one, SITE, 60) == FLOOR
        assert gloomy.chance_of_arrival(one, SITE, 60) == ARRIVAL_FLOOR


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


def test_a_kept_model_is_the_same_model():
    model = refit(history(500, 1))
    assert Model.from_json(model.to_json()) == model


def test_the_kept_model_names_its_features_for_the_auditor():
    assert json.loads(Model().to_json())["features"] == list(FEATURES)


def kept(**changes):
    return json.dumps(json.loads(Model().to_json()) | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{}",
        kept(features=["always"]),
        kept(weights=[1.0]),
        kept(weights=["x"] * 6),
        kept(weights=[float("nan")] * 6),
        kept(arrival_weights=[1e300] * 6),
        kept(answers=None),
    ],
)
def test_what_is_no_model_is_refused_with_a_sentence(text):
    with pytest.raises(UnknownModel, match="重新学习"):
        Model.from_json(text)
