"""Sites of the network, and the minimum wages that hold at a place."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linggong.accounts.permissions import NotAllowed
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal
from linggong.places import operations, queries
from linggong.places.models import MinimumWage, Site
from tests import cast

CHIEF = Viewer(role="administrator", name="陈主任", division=cast.COUNTY)


@pytest.fixture(autouse=True)
def county(db: None) -> Site:
    return cast.county()


def add(by: Viewer = CHIEF, **changes: Any) -> Site:
    given = {
        "kind": "station",
        "division": cast.TOWN,
        "name": "马厂零工驿站",
        "address": "马厂镇街上",
        "latitude": 36.28,
        "longitude": 113.09,
        "hours": "7:00-18:00",
        "facilities": ("water", "lounge", "water"),
    }
    return operations.add_site(**{**given, **changes}, by=by)


class TestSites:
    def test_a_station_offers_each_facility_once(self) -> None:
        found = queries.site(add().id)
        assert sorted(facility.kind for facility in found.facilities.all()) == ["lounge", "water"]

    def test_are_listed_by_place_and_kind(self) -> None:
        station = add()
        assert queries.sites(cast.TOWN) == [station]
        assert [site.kind for site in queries.sites(cast.COUNTY)] == ["market", "station"]
        assert queries.sites(cast.COUNTY, ["station"]) == [station]
        assert queries.sites(cast.NEIGHBOUR) == []

    def test_are_listed_in_two_queries_however_many(self) -> None:
        for number in range(5):
            add(name=f"驿站{number}")
        with CaptureQueriesContext(connection) as asked:
            assert all(list(site.facilities.all()) for site in queries.sites(cast.TOWN))
        assert len(asked) == 2

    def test_are_added_by_administrators_in_their_own_area(self) -> None:
        for by, division in ((cast.clerk(), cast.TOWN), (CHIEF, cast.NEIGHBOUR)):
            with pytest.raises(NotAllowed):
                add(by=by, division=division)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("kind", "shop"), ("name", " "), ("facilities", ("sauna",)), ("latitude", 91.0), ("longitude", 181.0)],
    )
    def test_are_refused_with_a_sentence(self, field: str, value: object) -> None:
        with pytest.raises(Refusal) as refused:
            add(CHIEF, **{field: value})
        assert refused.value.field in (field, "latitude")

    def test_in_no_place_are_refused(self) -> None:
        with pytest.raises(queries.DivisionUnknown):
            add(division="140403999")

    def test_that_are_unknown_are_refused(self) -> None:
        with pytest.raises(queries.SiteUnknown):
            queries.site(uuid4())


def set_wage(division: str, day: date, hourly_fen: int, by: Viewer = CHIEF) -> MinimumWage:
    return operations.set_minimum_wage(
        division=division, valid_from=day, hourly_fen=hourly_fen, monthly_fen=198_000, source="晋人社", by=by
    )


def hourly(division: str, on: date) -> int | None:
    found = queries.minimum_wage(division, on)
    return found.hourly_fen if found else None


class TestMinimumWages:
    def test_hold_from_their_day_until_the_next(self) -> None:
        set_wage(cast.COUNTY, date(2025, 1, 1), 2000)
        set_wage(cast.COUNTY, date(2026, 1, 1), 2130)
        days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
        assert [hourly(cast.TOWN, day) for day in days] == [None, 2000, 2000, 2130]

    def test_of_the_nearest_place_count(self) -> None:
        set_wage(cast.COUNTY, date(2026, 1, 1), 2130)
        set_wage(cast.TOWN, date(2025, 1, 1), 2200)
        assert hourly(f"{cast.TOWN}001", date(2026, 6, 1)) == 2200
        assert hourly(cast.COUNTY, date(2026, 6, 1)) == 2130
        assert hourly(cast.NEIGHBOUR, date(2026, 6, 1)) is None

    def test_of_the_same_day_are_corrected(self) -> None:
        set_wage(cast.COUNTY, date(2026, 1, 1), 2130)
        set_wage(cast.COUNTY, date(2026, 1, 1), 2140)
        assert hourly(cast.COUNTY, date(2026, 1, 1)) == 2140

    @pytest.mark.parametrize("hourly_fen", [0, -1, 198_000])
    def test_that_cannot_be_are_refused(self, hourly_fen: int) -> None:
        with pytest.raises(Refusal):
            set_wage(cast.COUNTY, date(2026, 1, 1), hourly_fen)

    def test_are_set_by_administrators_in_their_own_area(self) -> None:
        for by, division in ((cast.clerk(), cast.COUNTY), (CHIEF, cast.NEIGHBOUR)):
            with pytest.raises(NotAllowed):
                set_wage(division, date(2026, 1, 1), 2130, by)

    def test_of_the_file_name_their_document(self) -> None:
        assert operations.load_minimum_wages(by=CHIEF) == MinimumWage.objects.count() > 0
        found = queries.minimum_wage(cast.TOWN, date(2026, 11, 24))
        assert found and "最低工资" in found.source and found.hourly_fen < found.monthly_fen
