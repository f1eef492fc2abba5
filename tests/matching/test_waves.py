import itertools

import pytest

from linggong.matching.ranking import best_workers
from linggong.matching.waves import Channel, chance_of_at_least, next_wave
from tests.matching.people import SITE, wang

CROWD = best_workers(SITE, [wang(id=f"w{number}", idle_days=number) for number in range(60)], 60)
BEST_FIRST = [one.worker.id for one in CROWD]


def test_with_time_left_as_many_are_asked_as_are_expected_to_fill_the_places():
    wave = next_wave(CROWD, 3, 240, acceptance=0.5)
    assert (wave.size, wave.channel) == (6, Channel.MESSAGE)
    assert wave.ask == tuple(BEST_FIRST[:6])


def test_who_is_asked_already_counts_and_nobody_is_asked_twice():
    wave = next_wave(CROWD, 3, 240, acceptance=0.5, asked=BEST_FIRST[:4], declined=BEST_FIRST[4:10])
    assert wave.ask == tuple(BEST_FIRST[10:12])


def test_while_enough_answers_are_awaited_nobody_is_disturbed():
    assert next_wave(CROWD, 1, 240, acceptance=0.5, asked=BEST_FIRST[:2]).size == 0
    assert next_wave(CROWD, 0, 240).size == 0


@pytest.mark.parametrize(
    ("minutes", "channel"), [(240, Channel.MESSAGE), (40, Channel.MESSAGE), (39, Channel.CALL), (15, Channel.HALL)]
)
def test_the_channel_grows_louder_as_time_runs_out(minutes, channel):
    assert next_wave(CROWD, 3, minutes).channel is channel


def test_the_last_wave_is_large_enough_to_be_nine_tenths_sure():
    size = next_wave(CROWD, 3, 6, acceptance=0.5).size
    assert chance_of_at_least([0.5] * size, 3) >= 0.9 > chance_of_at_least([0.5] * (size - 1), 3)


def test_people_known_to_say_yes_make_a_smaller_wave():
    keen = dict.fromkeys(BEST_FIRST[:3], 1.0)
    assert next_wave(CROWD, 3, 6, acceptance=keen).size == 3


def test_if_there_are_too_few_all_are_asked():
    assert next_wave(CROWD[:2], 5, 240).ask == tuple(BEST_FIRST[:2])


def test_the_chance_agrees_with_counting_every_outcome():
    chances = [0.1, 0.5, 0.9, 0.3]
    for needed in range(6):
        counted = 0.0
        for outcome in itertools.product([0, 1], repeat=4):
            if sum(outcome) >= needed:
                product = 1.0
                for yes, p in zip(outcome, chances, strict=True):
                    product *= p if yes else 1 - p
                counted += product
        assert chance_of_at_least(chances, needed) == pytest.approx(counted)
