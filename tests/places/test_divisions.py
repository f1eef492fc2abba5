"""Shanxi's divisions: all of them, by name, by pinyin, and where they lie.

The source counts the 117 counties and 4 development zones that have towns of their own.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linggong.commands import divisions as command
from linggong.lib.geo import distance_m
from linggong.places import queries
from linggong.places.models import Division
from linggong.places.operations import DivisionsMissing, load_divisions
from linggong.places.queries import DivisionUnknown

DISTRICT, TOWN = "140403", "140403103"


@pytest.fixture(scope="module")
def shanxi(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Loaded once for the module: 23,000 rows."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        load_divisions("14")
        yield
        Division.objects.all().delete()
        queries.division.cache_clear()


pytestmark = pytest.mark.usefixtures("shanxi", "db")


def names(found: list[Division]) -> list[str]:
    return [division.name for division in found]


def test_all_levels_are_there() -> None:
    count = {level: Division.objects.filter(level=level).count() for level in Division.Level.values}
    assert count == {2: 1, 4: 11, 6: 121, 9: 1352, 12: 21895}


def test_loading_again_changes_nothing() -> None:
    before = list(Division.objects.values_list())
    told: list[int] = []
    assert load_divisions("14", progress=told.append) == len(before) == told[-1]
    assert list(Division.objects.values_list()) == before


def test_loading_again_corrects_what_was_changed() -> None:
    Division.objects.filter(pk=TOWN).update(name="马场镇", latitude=None)
    load_divisions("14")
    town = Division.objects.get(pk=TOWN)
    assert (town.name, town.latitude) == ("马厂镇", 36.28)


def test_the_path_of_a_village_leads_from_the_province_down() -> None:
    village = queries.children(TOWN)[0]
    assert names(queries.path_of(village.code)) == ["山西省", "长治市", "潞州区", "马厂镇", village.name]


@pytest.mark.parametrize(
    ("code", "said"), [("14", "山西省"), ("1404", "长治市"), (DISTRICT, "潞州区"), (TOWN, "潞州区 马厂镇")]
)
def test_a_place_is_named_from_the_county_down(code: str, said: str) -> None:
    assert queries.name_of(code) == said


def test_a_name_asked_for_again_costs_no_query() -> None:
    queries.name_of(TOWN)
    with CaptureQueriesContext(connection) as asked:
        queries.name_of(TOWN)
    assert len(asked) == 0


@pytest.mark.parametrize("code", ["99", "140499", "", "马厂"])
def test_an_unknown_code_is_refused_at_its_field(code: str) -> None:
    with pytest.raises(DivisionUnknown) as refused:
        queries.division(code)
    assert refused.value.field == "division"


def test_the_towns_of_a_district_stand_in_the_order_of_their_pinyin() -> None:
    towns = queries.children(DISTRICT)
    assert len(towns) == 19
    assert [town.sort_key for town in towns] == sorted(town.sort_key for town in towns)
    assert queries.children(queries.children(TOWN)[0].code) == []


@pytest.mark.parametrize("typed", ["马厂", "machang", "MCZ", "ma chang", "ｍｃｚ"])
def test_a_town_is_found_by(typed: str) -> None:
    assert queries.find_divisions(typed, DISTRICT)[0].code == TOWN


def test_a_search_stays_within_its_district_and_its_limit() -> None:
    assert all(found.code.startswith(DISTRICT) for found in queries.find_divisions("村", DISTRICT))
    assert len(queries.find_divisions("村", DISTRICT, limit=3)) == 3
    assert queries.find_divisions("太原", DISTRICT) == []


@pytest.mark.parametrize("typed", ["", "  ", "%", "_"])
def test_nothing_and_wildcards_find_nothing(typed: str) -> None:
    assert queries.find_divisions(typed, "14") == []


def test_every_place_of_the_district_lies_near_its_centre() -> None:
    centre = queries.division(DISTRICT)
    for place in Division.objects.filter(code__startswith=DISTRICT):
        assert place.latitude and place.longitude, place.name
        assert distance_m(centre.latitude or 0, centre.longitude or 0, place.latitude, place.longitude) < 25_000


def test_the_villages_of_a_town_lie_around_it_each_at_a_point_of_its_own() -> None:
    town = queries.division(TOWN)
    villages = queries.children(TOWN)
    points = {(village.latitude, village.longitude) for village in villages}
    assert len(points) == len(villages)
    far = [distance_m(town.latitude or 0, town.longitude or 0, lat or 0, lon or 0) for lat, lon in points]
    assert 1_000 < max(far) <= 3_000


def test_streets_are_in_town_and_country_towns_are_not() -> None:
    assert queries.division("140403001").in_town
    assert not queries.division(TOWN).in_town
    assert not queries.children(TOWN)[0].in_town


@pytest.mark.parametrize("province", ["99", "", "x"])
def test_a_province_that_is_none_is_refused(province: str) -> None:
    with pytest.raises(DivisionsMissing):
        load_divisions(province)


def test_the_command_tells_how_many_and_refuses_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--province", "14"]) == 0
    assert capsys.readouterr().out.endswith("23380 divisions\n")
    with pytest.raises(SystemExit, match="linggong: 没有代码为 99"):
        command.main(["--province", "99"])
