"""All available workers in memory, so that the best for a shift are found in microseconds.

The definition of eligibility and fit is that of the reference (`eligibility`, `fit`): the same functions of
`measure`, compiled. Every change is visible to the next query. One thread at a time may change or ask an index.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from linggong.lib import clock
from linggong.matching import eligibility, measure
from linggong.matching.fit import USUAL_WEIGHTS, lot, own_terms
from linggong.matching.model import Busy, Rules, Shift, Weights, Worker
from linggong.matching.pairs import Ints, Longs, TooLarge
from linggong.matching.people import (
    BLOCK,
    CERTIFICATE,
    EVERY_DAY,
    LIMITS,
    LONGEST_NOTE,
    MASKED,
    NO_SITE,
    NOTE,
    PERSON,
    SITE,
    WANTED,
    Records,
    day_mask,
)
from linggong.matching.postings import BANDS, GONE, POSTING, TIERS, band_of, buckets_for, grown, insert
from linggong.matching.search import (
    BEST,
    IN_TOWN,
    MOST_WAITING,
    OPEN_TO_LESS,
    UNIT_SHIFT,
    WAITING_BITS,
    find_all,
    find_best,
)

MIDDLE_REACH_M = 15_000
NO_NUMBER = -1
NO_RADIUS = -1
NOBODY = np.empty(0, np.int32)

Question = tuple[Records, Records, Records, Records, Records, Records, Records, Longs, Ints, Ints, Ints]
"""What the compiled search is given, see `search.find_best`."""


class WorkerIndex:
    """Workers who can be found, by id. `position` is the place in the caller's log that the answers reflect."""

    def __init__(self, weights: Weights = USUAL_WEIGHTS, rules: Rules = eligibility.USUAL_RULES) -> None:
        check_weights(weights)
        self.weights, self.rules, self.position = weights, rules, 0
        self.limits = limits_of(rules, weights)
        self.farthest = MIDDLE_REACH_M
        self.rows: dict[str, int] = {}
        self.ids: list[str] = []
        self.priority: set[int] = set()
        self.trades: dict[str, int] = {}
        self.certificates: dict[str, int] = {}
        self.employers: dict[str, int] = {}
        self.known_sites: dict[tuple[int, int], int] = {}
        self.buckets, self.postings, self.slots_used = buckets_for(1), np.empty(1024, POSTING), np.zeros(1, np.int64)
        self.people, self.notes, self.sites = np.empty(0, PERSON), np.empty(0, NOTE), np.empty(0, SITE)
        self.notes_used = 0
        self.tier_used = np.zeros(TIERS, np.bool_)
        self.usual_radii = self.radii_with_transport = np.full(TIERS, NO_RADIUS, np.int64)

    def __len__(self) -> int:
        return len(self.rows)

    def load(self, workers: Iterable[Worker]) -> None:
        """Puts many workers."""
        for worker in workers:
            self.put(worker)

    def put(self, worker: Worker) -> None:
        """Enters a worker, or everything that has changed about one. Who has not consented cannot be found."""
        self.remove(worker.id)
        if not worker.contactable:
            return
        row = self.new_row(worker)
        for busy in worker.busy:
            self.note_busy(row, busy)
        for employer in worker.blocks:
            self.note(row, self.employer_number(employer), BLOCK, 0, EVERY_DAY)
        posting = posting_of(worker, row, self.weights)
        traits = int(posting["traits"][0])
        for trade, skill in worker.trades.items():
            posting["traits"] = traits | min(max(skill, 0), 3)
            self.post(trade, posting)

    def remove(self, worker_id: str) -> None:
        """Takes a worker out; nothing happens if there is none."""
        row = self.rows.pop(worker_id, None)
        if row is not None:
            self.people["born"][row] = GONE

    def book(self, worker_id: str, busy: Busy) -> None:
        """Notes that a worker is taken at a time; from now on no query finds the worker for it."""
        self.note_busy(self.rows[worker_id], busy)

    def best(self, shift: Shift, limit: int) -> list[tuple[str, int]]:
        """Ids and total points of the best `limit` workers for a shift, best first, as the reference has them."""
        if limit <= 0 or shift.open_places <= 0 or shift.trade not in self.trades:
            return []
        best = np.empty(limit, BEST)
        count = find_best(*self.question(shift), best)
        keys, rows = (best["key"][:count] >> WAITING_BITS).tolist(), best["row"][:count].tolist()
        return [(self.ids[row], total) for row, total in zip(rows, keys, strict=True)]

    def everybody(self, shift: Shift) -> tuple[Ints, Ints]:
        """Rows (see `ids`) and total points of all eligible workers for a shift, in no order."""
        if shift.open_places <= 0 or shift.trade not in self.trades:
            return NOBODY, NOBODY
        room = 1024
        while True:
            rows, totals = np.empty(room, np.int32), np.empty(room, np.int32)
            count = find_all(*self.question(shift), rows, totals)
            if count <= room:
                return rows[:count], totals[:count]
            room = count

    def in_priority(self, rows: Ints) -> NDArray[np.bool_]:
        """Which of the rows belong to a priority group."""
        return np.array([row in self.priority for row in rows.tolist()], np.bool_)

    def question(self, shift: Shift) -> Question:
        """What the compiled search is given for a shift."""
        needed = self.certificate_numbers(shift.certificates)
        return (
            self.buckets, self.postings, self.people, self.notes, self.sites, self.wanted(shift, needed), self.limits,
            self.radii(shift), needed, self.rows_of(shift.blocks), self.rows_of(shift.named),
        )  # fmt: skip

    def new_row(self, worker: Worker) -> int:
        """A row for a worker, with what is asked of the best only."""
        row = len(self.ids)
        self.ids.append(worker.id)
        self.rows[worker.id] = row
        if worker.priority:
            self.priority.add(row)
        if row == len(self.people):
            self.people = grown(self.people, row // 2 + 1024)
        mask, dated = self.held(worker)
        self.people[row] = (lot(worker.id), mask, worker.birth_date.toordinal(), 0, -1, packed_hours(worker))
        for number, last_day in dated:
            self.note(row, number, CERTIFICATE, last_day, 0)
        return row

    def held(self, worker: Worker) -> tuple[int, list[tuple[int, int]]]:
        """Certificates held for good as bits, and the others as number and last day."""
        held = worker.certificates
        days: Mapping[str, date | None] = held if isinstance(held, Mapping) else dict.fromkeys(held)
        numbered = [(self.certificates.setdefault(name, len(self.certificates)), day) for name, day in days.items()]
        mask = sum(1 << number for number, day in numbered if day is None and number < MASKED)
        dated = [(number, measure.ordinal(day)) for number, day in numbered if day is not None or number >= MASKED]
        return mask, dated

    def post(self, trade: str, posting: Records) -> None:
        """Enters one posting, an array of one, with more room where needed."""
        number = self.trades.setdefault(trade, len(self.trades))
        if (number + 1) * TIERS * BANDS > len(self.buckets):
            self.buckets = np.concatenate((self.buckets, buckets_for(number + 1)))
        latitude, reach = int(posting["latitude"][0]), int(posting["reach"][0])
        tier = self.widen(reach)
        bucket = (number * TIERS + tier) * BANDS + band_of(latitude)
        while not insert(self.buckets, self.postings, self.slots_used, self.people, bucket, posting):
            self.postings = grown(self.postings, len(self.postings) // 2)

    def tier(self, reach: int) -> int:
        """The tier of a reach in metres."""
        return 0 if reach <= self.rules.country_reach_m else 1 if reach <= MIDDLE_REACH_M else 2

    def radii(self, shift: Shift) -> Longs:
        """How far to look in each tier, in metres; NO_RADIUS where there is nobody."""
        return self.radii_with_transport if shift.transport_provided else self.usual_radii

    def widen(self, reach: int) -> int:
        """Sees to it that somebody of this reach is found, and returns the tier."""
        tier = self.tier(reach)
        if not self.tier_used[tier] or reach > self.farthest:
            self.tier_used[tier] = True
            self.farthest = max(self.farthest, reach)
            usual = max(self.rules.country_reach_m, self.rules.town_reach_m)
            radii = np.array([usual, MIDDLE_REACH_M, self.farthest], np.int64)
            self.usual_radii = np.where(self.tier_used, radii, NO_RADIUS)
            longer = np.maximum(radii, self.rules.transport_reach_m)
            self.radii_with_transport = np.where(self.tier_used, longer, NO_RADIUS)
        return tier

    def note(self, row: int, subject: int, length: int, place: int, days: int) -> None:
        """Adds a note to a row, with more room where needed."""
        if self.notes_used == len(self.notes):
            self.notes = grown(self.notes, self.notes_used // 2 + 1024)
        person = self.people[row]
        self.notes[self.notes_used] = (subject, place, person["notes"], length)
        person["notes"] = self.notes_used
        person["days"] |= np.uint32(days)
        self.notes_used += 1

    def note_busy(self, row: int, busy: Busy) -> None:
        """Notes a busy time, in as many parts as its length takes."""
        starts, ends = measure.minute(busy[0]), measure.minute(busy[1])
        site = self.site_number(busy[2], busy[3]) if len(busy) == 4 else NO_SITE
        for part in range(starts, ends, LONGEST_NOTE):
            end = min(part + LONGEST_NOTE, ends)
            self.note(row, part, end - part, site, day_mask(part, end))

    def site_number(self, latitude: float, longitude: float) -> int:
        """The number of a site, by position."""
        position = measure.microdegrees(latitude), measure.microdegrees(longitude)
        number = self.known_sites.setdefault(position, len(self.known_sites))
        if number >= len(self.sites):
            self.sites = grown(self.sites, number // 2 + 256)
        self.sites[number] = position
        return number

    def employer_number(self, employer: str) -> int:
        """The number of an employer somebody blocks."""
        return self.employers.setdefault(employer, len(self.employers))

    def certificate_numbers(self, names: frozenset[str]) -> Ints:
        """The numbers of certificates."""
        if not names:
            return NOBODY
        numbers = (self.certificates.setdefault(name, len(self.certificates)) for name in names)
        return np.array(sorted(numbers), np.int32)

    def rows_of(self, ids: frozenset[str]) -> Ints:
        """The rows of those ids that are here, sorted."""
        return np.array(sorted(self.rows[one] for one in ids if one in self.rows), np.int32) if ids else NOBODY

    def wanted(self, shift: Shift, needed: Ints) -> Records:
        """A shift as plain numbers."""
        starts, ends = measure.minute(shift.starts), measure.minute(shift.ends)
        latest, earliest = eligibility.birth_dates(shift, self.rules)
        gap = max(self.rules.changeover_minutes + self.rules.travel_limit_minutes, self.rules.unknown_site_minutes)
        return record(
            WANTED,
            trade=self.trades[shift.trade],
            latitude=measure.microdegrees(shift.latitude),
            longitude=measure.microdegrees(shift.longitude),
            scale=measure.longitude_scale(shift.latitude),
            in_town=shift.in_town,
            transport=shift.transport_provided,
            offered=eligibility.offered(shift),
            minutes=ends - starts,
            starts=starts,
            ends=ends,
            last_day=local_day(shift.ends),
            born_from=earliest.toordinal(),
            born_to=latest.toordinal(),
            needed=sum(1 << int(number) for number in needed if number < MASKED),
            rare=bool(len(needed) and needed[-1] >= MASKED),
            employer=self.employers.get(shift.employer_id, NO_NUMBER),
            days=day_mask(starts - gap, ends + gap),
            free_times=shift.free_times,
        )


def record(kind: np.dtype[np.void], **values: float) -> Records:
    """An array of one record with these values, by name."""
    return np.array([tuple(values[name] for name in kind.names or ())], kind)


def local_day(moment: datetime) -> int:
    """The day in China of a moment, as an ordinal."""
    return clock.local(moment).date().toordinal()


def posting_of(worker: Worker, row: int, weights: Weights) -> Records:
    """A worker's posting, an array of one, but for the skill."""
    own = sum(own_terms(worker, weights).values())
    town, less = IN_TOWN * worker.in_town, OPEN_TO_LESS * worker.open_to_less
    return record(
        POSTING,
        latitude=measure.microdegrees(worker.latitude),
        longitude=measure.microdegrees(worker.longitude),
        row=row,
        traits=measure.unit_code(worker.pay_unit) << UNIT_SHIFT | town | less,
        reach=measure.USUAL if worker.reach_m is None else worker.reach_m,
        asks=measure.USUAL if worker.accepts_pay_fen is None else worker.accepts_pay_fen,
        points=(own << WAITING_BITS) + min(max(worker.idle_days, 0), MOST_WAITING),
    )


def packed_hours(worker: Worker) -> int:
    """The wished hours in one integer."""
    weekdays, opens, closes = eligibility.hours(worker)
    return weekdays | opens << 7 | closes << 18


def limits_of(rules: Rules, weights: Weights) -> Records:
    """Rules and weights as plain numbers."""
    return record(
        LIMITS,
        town=rules.town_reach_m,
        country=rules.country_reach_m,
        transported=rules.transport_reach_m,
        speed=rules.travel_m_per_minute,
        changeover=rules.changeover_minutes,
        travel_limit=rules.travel_limit_minutes,
        unknown_site=rules.unknown_site_minutes,
        trade=weights.trade,
        skill_step=weights.skill_step,
        distance=weights.distance,
        pay=weights.pay,
        named=weights.named,
    )


def check_weights(weights: Weights) -> None:
    """Raises `TooLarge` if a worker's own points would not fit where the index keeps them."""
    own = (weights.kept, weights.rating, weights.freshness, weights.waiting, weights.priority)
    if min(own) < 0 or sum(own) + max(weights.priority_groups.values(), default=0) > MOST_WAITING:
        raise TooLarge("各项权重之和太大, 最多 32767 分。")
