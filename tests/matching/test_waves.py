import itertools

import pytest

from linggong.matching.ranking import best_workers
from linggong.matching.waves import Channel, chance_of_at_least, next_wave, standbys_wanted
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


def test_standbys_are_as_many_as_make_the_places_nine_tenths_sure():
    wanted = standbys_wanted([0.8] * 10, 10)
    together = [0.8] * 10 + [0.9] * wanted
    assert chance_of_at_least(together, 10) >= 0.9 > chance_of_at_least(together[:-1], 10)


def test_people_sure_to_come_need_no_standby():
    assert standbys_wanted([1.0] * 5, 5) == 0
    assert standbys_wanted([], 5) == 0


def test_more_confirmed_than_places_need_fewer_standbys():
    assert standbys_wanted([0.8] * 14, 10) < standbys_wanted([0.8] * 10, 10)


def test_places_nobody_has_confirmed_are_not_the_standbys():
    assert standbys_wanted([0.9] * 3, 50) == standbys_wanted([0.9] * 3, 3)


def test_standbys_who_seldom_come_are_many_but_not_without_end():
    assert standbys_wanted([0.8] * 2, 2) < standbys_wanted([0.8] * 2, 2, standby=0.3)
    assert standbys_wanted([0.0], 1, standby=0.0) < 60


def mixed():
    """Ten whose record is known in front of ten newcomers, by rank."""
    people = [wang(id=f"o{number}", kept=30, missed=0) for number in range(10)]
    return best_workers(
        SITE, people + [wang(id=f"n{number}", kept=0, missed=5, registered_days=3) for number in range(10)], 20
    )


def test_without_a_floor_the_best_are_asked_whoever_they_are():
    assert all(worker_id.startswith("o") for worker_id in next_wave(mixed(), 4, 240, acceptance=0.5).ask)


def test_a_floor_of_exposure_moves_the_best_newcomers_up():
    ranked = mixed()
    wave = next_wave(ranked, 4, 240, acceptance=0.5, exposure=0.8)
    best = [one.worker.id for one in ranked]
    assert wave.ask == tuple(best[:5] + best[10:13])


def test_a_floor_changes_nothing_where_it_is_kept_already():
    newcomers_first = mixed()[::-1]
    assert next_wave(newcomers_first, 4, 240, exposure=0.8) == next_wave(newcomers_first, 4, 240)
