"""May this worker do this shift? If not, every reason why not."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from linggong.matching import measure
from linggong.matching.model import Busy, Rules, Shift, Worker

USUAL_RULES = Rules()


class Reason(Enum):
    """Why a worker is not eligible for a shift; the values are stable codes."""

    FULL = "full"
    NO_CONSENT = "no_consent"
    BLOCKED = "blocked"
    TRADE = "trade"
    CERTIFICATE = "certificate"
    AGE = "age"
    OVERLAP = "overlap"
    HOURS = "hours"
    TOO_FAR = "too_far"
    PAY = "pay"


def refusals(worker: Worker, shift: Shift, *, rules: Rules = USUAL_RULES) -> tuple[Reason, ...]:
    """Every reason against the pair, in the order of `Reason`; empty if the worker is eligible."""
    found = {
        Reason.FULL: shift.open_places <= 0,
        Reason.NO_CONSENT: not worker.contactable,
        Reason.BLOCKED: shift.employer_id in worker.blocks or worker.id in shift.blocks,
        Reason.TRADE: shift.trade not in worker.trades,
        Reason.CERTIFICATE: lacks_certificate(worker, shift),
        Reason.AGE: not age_allowed(worker.birth_date, shift, rules),
        Reason.OVERLAP: not shift.free_times and any(overlaps(busy, shift, rules) for busy in worker.busy),
        Reason.HOURS: not shift.free_times and off_hours(worker, shift),
        Reason.TOO_FAR: distance(worker, shift) > reach(worker, shift, rules),
        Reason.PAY: measure.underpaid(offered(shift), asked(worker, shift), worker.open_to_less),
    }
    return tuple(reason for reason, applies in found.items() if applies)


def distance(worker: Worker, shift: Shift) -> int:
    """Metres from the worker to the shift's site, in a straight line."""
    return site_distance(worker.latitude, worker.longitude, shift)


def site_distance(latitude: float, longitude: float, shift: Shift) -> int:
    """Metres from a position to the shift's site."""
    return measure.metres(
        measure.microdegrees(latitude),
        measure.microdegrees(longitude),
        measure.microdegrees(shift.latitude),
        measure.microdegrees(shift.longitude),
        measure.longitude_scale(shift.latitude),
    )


def usual_reach(worker: Worker, shift: Shift, rules: Rules) -> int:
    """Metres that are usual between these two: less in town than in the country."""
    return rules.town_reach_m if worker.in_town and shift.in_town else rules.country_reach_m


def reach(worker: Worker, shift: Shift, rules: Rules = USUAL_RULES) -> int:
    """Metres this worker may have to go for this shift."""
    said = measure.USUAL if worker.reach_m is None else worker.reach_m
    usual = usual_reach(worker, shift, rules)
    return measure.reach(said, usual, shift.transport_provided, rules.transport_reach_m)


def length(shift: Shift) -> int:
    """Minutes from start to end."""
    return measure.minute(shift.ends) - measure.minute(shift.starts)


def offered(shift: Shift) -> int:
    """What the shift pays, in fen for the whole of it."""
    return measure.worth(shift.pay_fen, measure.unit_code(shift.pay_unit), length(shift))


def asked(worker: Worker, shift: Shift) -> int:
    """What the worker asks for this shift, in fen for the whole of it; `measure.USUAL` if nothing comparable."""
    fen = measure.USUAL if worker.accepts_pay_fen is None else worker.accepts_pay_fen
    return measure.asked(fen, measure.unit_code(worker.pay_unit), length(shift))


def lacks_certificate(worker: Worker, shift: Shift) -> bool:
    """Whether a required certificate is missing or not valid through the last day of the shift."""
    held = worker.certificates
    if not isinstance(held, Mapping):
        return not shift.certificates <= held
    last_day = measure.local_day(measure.minute(shift.ends))
    return any(name not in held or measure.ordinal(held[name]) < last_day for name in shift.certificates)


def age_allowed(birth_date: date, shift: Shift, rules: Rules) -> bool:
    """Whether the law and the post allow the age the person has on the day of the shift."""
    latest, earliest = birth_dates(shift, rules)
    return earliest <= birth_date <= latest


def birth_dates(shift: Shift, rules: Rules) -> tuple[date, date]:
    """The latest and the earliest birth date the shift is open to."""
    starts, ends = measure.minute(shift.starts), measure.minute(shift.ends)
    adults_only = shift.heavy or shift.hazardous or in_the_night(starts, ends, rules)
    return birth_dates_on(measure.local_day(starts), shift.age_min, shift.age_max, adults_only, rules)


def birth_dates_on(
    ordinal: int, age_min: int, age_max: int | None, adults_only: bool, rules: Rules
) -> tuple[date, date]:
    """The latest and the earliest birth date for work that begins on a day with these limits."""
    day = date.fromordinal(ordinal)
    youngest = max(age_min, rules.adult_age if adults_only else rules.working_age)
    if age_max is None:
        return years_before(day, youngest), date.min
    return years_before(day, youngest), date.fromordinal(years_before(day, age_max + 1).toordinal() + 1)


def years_before(day: date, years: int) -> date:
    """The last birth date of those who are at least so many years old on a day (29 February turns on 1 March)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def in_the_night(starts: int, ends: int, rules: Rules) -> bool:
    """Whether any part of the time, in minutes since 1970 UTC, lies in the night of a clock in China."""
    first = (starts + measure.EAST_OF_UTC) % measure.MINUTES_OF_A_DAY
    return first < rules.night_to_hour * 60 or first + ends - starts > rules.night_from_hour * 60


def hours(worker: Worker) -> tuple[int, int, int]:
    """The hours a worker wants to work, as `measure.off_hours` takes them: weekdays, from, until."""
    weekdays = sum(1 << day for day in worker.weekdays) or measure.EVERY_WEEKDAY
    if worker.works_from is None or worker.works_until is None:
        return weekdays, 0, 0
    return weekdays, worker.works_from, worker.works_until


def off_hours(worker: Worker, shift: Shift) -> bool:
    """Whether the worker does not want to work at that time."""
    return measure.off_hours(measure.minute(shift.starts), measure.minute(shift.ends), *hours(worker))


def overlaps(busy: Busy, shift: Shift, rules: Rules = USUAL_RULES) -> bool:
    """Whether the shift cannot be worked beside this busy time, the way between the two sites counted."""
    gap = rules.unknown_site_minutes
    if len(busy) == 4:
        way = site_distance(busy[2], busy[3], shift)
        gap = measure.travel(way, rules.travel_m_per_minute, rules.changeover_minutes, rules.travel_limit_minutes)
    starts, ends = measure.minute(shift.starts), measure.minute(shift.ends)
    return measure.collides(starts, ends, measure.minute(busy[0]), measure.minute(busy[1]), gap)
