from datetime import date, timedelta

import pytest

from linggong.matching.eligibility import Reason, refusals
from linggong.matching.model import Rules
from tests.matching.people import SEVEN_THIRTY, SITE, WANG, site, wang

HOUR = timedelta(hours=1)


def test_wang_may_work_on_the_site():
    assert refusals(WANG, SITE) == ()


@pytest.mark.parametrize(
    ("worker", "shift", "reason"),
    [
        (wang(), site(open_places=0), Reason.FULL),
        (wang(contactable=False), site(), Reason.NO_CONSENT),
        (wang(blocks=frozenset({"builder"})), site(), Reason.BLOCKED),
        (wang(), site(blocks=frozenset({"wang"})), Reason.BLOCKED),
        (wang(), site(trade="cook"), Reason.TRADE),
        (wang(), site(certificates=frozenset({"电工证"})), Reason.CERTIFICATE),
        (wang(birth_date=date(2011, 1, 1)), site(), Reason.AGE),
        (wang(), site(age_max=57), Reason.AGE),
        (wang(reach_m=1000), site(), Reason.TOO_FAR),
        (wang(reach_m=None), site(), Reason.TOO_FAR),
        (wang(), site(pay_fen=19_999), Reason.PAY),
    ],
)
def test_each_hindrance_is_named(worker, shift, reason):
    assert refusals(worker, shift) == (reason,)


def test_all_reasons_are_given_at_once():
    assert refusals(wang(contactable=False), site(trade="cook", pay_fen=1)) == (
        Reason.NO_CONSENT,
        Reason.TRADE,
        Reason.PAY,
    )


def test_a_certificate_must_be_valid_to_the_end_of_the_shift():
    needs = site(certificates=frozenset({"登高证"}))
    assert refusals(wang(certificates={"登高证": date(2026, 11, 25)}), needs) == ()
    assert refusals(wang(certificates={"登高证": date(2026, 11, 24)}), needs) == (Reason.CERTIFICATE,)
    assert refusals(wang(certificates={"登高证": None}), needs) == ()


def test_a_shift_right_before_leaves_no_time_for_the_way():
    before = wang(busy=((SEVEN_THIRTY - 4 * HOUR, SEVEN_THIRTY - timedelta(minutes=29)),))
    assert refusals(before, SITE) == (Reason.OVERLAP,)
    early = wang(busy=((SEVEN_THIRTY - 4 * HOUR, SEVEN_THIRTY - timedelta(minutes=30)),))
    assert refusals(early, SITE) == ()


def test_the_way_between_two_known_sites_is_counted():
    ends = SEVEN_THIRTY - timedelta(minutes=40)
    near = wang(busy=((ends - HOUR, ends, 36.22, 113.1),))
    far = wang(busy=((ends - HOUR, ends, 36.30, 113.1),))
    assert refusals(near, SITE) == ()
    assert refusals(far, SITE) == (Reason.OVERLAP,)


NIGHT = {"works_from": 22 * 60, "works_until": 6 * 60}


@pytest.mark.parametrize(
    ("wish", "at", "hours", "allowed"),
    [
        ({"weekdays": frozenset({2})}, SEVEN_THIRTY, 10, True),
        ({"weekdays": frozenset({0, 1, 3, 4, 5, 6})}, SEVEN_THIRTY, 10, False),
        ({"weekdays": frozenset({2})}, SEVEN_THIRTY + 14 * HOUR, 4, False),
        ({"works_from": 450, "works_until": 1050}, SEVEN_THIRTY, 10, True),
        ({"works_from": 451, "works_until": 1050}, SEVEN_THIRTY, 10, False),
        ({"works_from": 450, "works_until": 1049}, SEVEN_THIRTY, 10, False),
        ({"works_from": 450, "works_until": 1050}, SEVEN_THIRTY, 30, False),
        ({"works_from": 600}, SEVEN_THIRTY, 10, True),
        (NIGHT, SEVEN_THIRTY, 10, False),
        (NIGHT, SEVEN_THIRTY + 14.5 * HOUR, 8, True),
        (NIGHT, SEVEN_THIRTY + 14 * HOUR, 8, False),
    ],
)
def test_nobody_is_asked_to_work_outside_the_hours_they_wish(wish, at, hours, allowed):
    found = refusals(wang(**wish), site(starts=at, ends=at + hours * HOUR))
    assert found == (() if allowed else (Reason.HOURS,))


def test_work_that_is_done_when_one_likes_asks_neither_for_bookings_nor_for_hours():
    taken = wang(busy=((SEVEN_THIRTY, SEVEN_THIRTY + HOUR),), **NIGHT)
    assert refusals(taken, SITE) == (Reason.OVERLAP, Reason.HOURS)
    assert refusals(taken, site(free_times=True)) == ()


def test_the_usual_reach_is_a_quarter_of_an_hour_on_foot_in_town_and_5_km_in_the_country():
    assert refusals(wang(reach_m=None), site(latitude=36.2107)) == ()
    assert refusals(wang(reach_m=None, in_town=False), SITE) == ()
    assert refusals(wang(reach_m=None), site(in_town=False)) == ()
    assert refusals(wang(reach_m=None, in_town=False), site(latitude=36.2451)) == (Reason.TOO_FAR,)


def test_with_transport_the_reach_is_longer():
    assert refusals(WANG, site(latitude=36.40)) == (Reason.TOO_FAR,)
    assert refusals(WANG, site(latitude=36.40, transport_provided=True)) == ()


def test_a_minor_does_light_work_by_day_only():
    boy = wang(birth_date=date(2009, 11, 26))
    assert refusals(boy, SITE) == ()
    for forbidden in (site(heavy=True), site(hazardous=True), site(ends=SEVEN_THIRTY + 15 * HOUR)):
        assert refusals(boy, forbidden) == (Reason.AGE,)


def test_nobody_works_before_the_sixteenth_birthday_whatever_the_post_says():
    assert refusals(wang(birth_date=date(2010, 11, 26)), site(age_min=14)) == (Reason.AGE,)
    assert refusals(wang(birth_date=date(2010, 11, 25)), site(age_min=14)) == ()


@pytest.mark.parametrize(
    ("pay", "unit", "allowed"),
    [
        (2000, "hour", True),
        (1999, "hour", False),
        (435_000, "month", True),
        (434_000, "month", False),
        (20_000, "shift", True),
        (15, "piece", True),
    ],
)
def test_pay_is_compared_across_units_for_the_hours_of_the_shift(pay, unit, allowed):
    assert (refusals(WANG, site(pay_fen=pay, pay_unit=unit)) == ()) is allowed


def test_half_a_day_needs_to_pay_half_of_the_day_that_is_asked():
    half = site(ends=SEVEN_THIRTY + 4 * HOUR, pay_unit="hour", pay_fen=2500)
    assert refusals(WANG, half) == ()
    assert refusals(WANG, site(ends=SEVEN_THIRTY + 4 * HOUR, pay_unit="hour", pay_fen=2499)) == (Reason.PAY,)


def test_whoever_opened_it_is_offered_less():
    assert refusals(wang(open_to_less=True), site(pay_fen=1)) == ()
    assert refusals(wang(accepts_pay_fen=None), site(pay_fen=1)) == ()


def test_a_division_may_set_other_limits():
    assert refusals(wang(reach_m=None), SITE, rules=Rules(town_reach_m=1500)) == ()
