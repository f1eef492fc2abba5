"""Distances, walking times and boxes to search in."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linggong.lib.geo import bounding_box, distance_m, distance_words, walking_minutes

CHANGZHI = (36.195, 113.117)
TAIYUAN = (37.857, 112.549)

latitudes = st.floats(18, 54)
longitudes = st.floats(73, 135)


def test_from_changzhi_to_taiyuan_it_is_191_km() -> None:
    assert distance_m(*CHANGZHI, *TAIYUAN) == pytest.approx(191_500, rel=0.005)


def test_a_minute_of_latitude_is_a_nautical_mile() -> None:
    assert distance_m(36, 113, 36 + 1 / 60, 113) == pytest.approx(1852, abs=3)


def test_the_other_side_of_the_earth_is_half_way_round() -> None:
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_000, rel=0.001)


@given(latitudes, longitudes, latitudes, longitudes)
def test_there_and_back_is_equally_far(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    assert distance_m(lat1, lon1, lat2, lon2) == distance_m(lat2, lon2, lat1, lon1)
    assert distance_m(lat1, lon1, lat1, lon1) == 0


@given(latitudes, longitudes, st.floats(-0.1, 0.1), st.floats(-0.1, 0.1), st.integers(100, 20_000))
def test_everything_near_lies_in_the_box(lat: float, lon: float, north: float, east: float, metres: int) -> None:
    assume(distance_m(lat, lon, lat + north, lon + east) < metres)
    box = bounding_box(lat, lon, metres)
    assert box.south <= lat + north <= box.north
    assert box.west <= lon + east <= box.east


@given(latitudes, longitudes, st.integers(100, 20_000))
def test_the_box_reaches_as_far_as_asked_and_hardly_further(lat: float, lon: float, metres: int) -> None:
    box = bounding_box(lat, lon, metres)
    assert metres - 1 <= distance_m(lat, lon, lat, box.east) <= metres + 1
    assert metres - 1 <= distance_m(lat, lon, box.south, lon) <= metres + 1


@pytest.mark.parametrize(("metres", "minutes"), [(0, 0), (1, 1), (800, 10), (1200, 15), (1400, 18)])
def test_a_quarter_of_an_hour_on_foot_is_1200_metres(metres: int, minutes: int) -> None:
    assert walking_minutes(metres) == minutes


@pytest.mark.parametrize(
    ("metres", "zh", "en"),
    [
        (0, "0 米", "0 m"),
        (804, "800 米", "800 m"),
        (994, "990 米", "990 m"),
        (996, "1 公里", "1 km"),
        (1430, "1.4 公里", "1.4 km"),
        (9960, "10 公里", "10 km"),
        (12_345, "12 公里", "12 km"),
    ],
)
def test_distances_are_said_in_round_numbers(metres: int, zh: str, en: str) -> None:
    assert (distance_words(metres), distance_words(metres, "en")) == (zh, en)
