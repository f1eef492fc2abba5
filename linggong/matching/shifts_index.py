"""All open shifts in memory, so that the best for a worker are found in microseconds.

The mirror of `index`: the same definition, the same order as `ranking.best_shifts`, and every change is visible to the
next query. One thread at a time may change or ask it.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from linggong.matching import eligibility, measure, question
from linggong.matching.bounds import check_position, check_span, check_weights, check_wishes, longer
from linggong.matching.columns import FOR_GOOD, Numbering, held_by
from linggong.matching.compiled import direct
from linggong.matching.fit import USUAL_WEIGHTS, own_terms
from linggong.matching.handing import Answers, Handed
from linggong.matching.identity import Names
from linggong.matching.model import Rules, Shift, Weights, Worker
from linggong.matching.pairs import Longs, TooLarge
from linggong.matching.people import (
    BLOCK,
    BORN_SHIFT,
    CERTIFICATE,
    FIRST_MINUTE,
    HOURS_SHIFT,
    LONGEST_NOTE,
    NO_NOTE,
    NO_SITE,
    TRAITS,
    packed_note,
)
from linggong.matching.postings import (
    PROFILE_BITS,
    SHIFT_BAND_BITS,
    SKILL_BITS,
    TIERS,
    Postings,
    band_of,
    bands_of,
    by_place,
)
from linggong.matching.question import EVERY_DAY, MASKED, born, day_mask
from linggong.matching.search import packed_profile
from linggong.matching.shifts_search import PLACE_BITS, SEEKER, find_shifts_at

WITHOUT, WITH = 0, 1
"""Shifts without and with transport are kept apart, as tiers of postings."""

METRES_OF_A_DEGREE = measure.METRES_PER_MICRODEGREE * 1_000_000
NO_NUMBER = -1
NOBODY = frozenset[int]()
PRESENT = 1 << BORN_SHIFT
GONE = 0
MOST_SHIFTS = 2**PLACE_BITS


class ShiftIndex:
    """Open shifts that can be found, by id. `position` is the place in the caller's log that the answers reflect."""

    def __init__(self, weights: Weights = USUAL_WEIGHTS, rules: Rules = eligibility.USUAL_RULES) -> None:
        check_weights(weights)
        self.weights, self.rules, self.position = weights, rules, 0
        self.ids, self.rows = Names(), dict[str, int]()
        self.free, self.left = list[int](), list[int]()
        self.lines = question.empty_lines(0)
        self.near, self.chosen = np.empty((0, 2), np.int32), np.empty(0, np.int64)
        self.states, self.needed = np.empty((0, 4), np.int32), np.empty(0, np.int32)
        self.needed_used = 0
        self.postings = Postings(SHIFT_BAND_BITS)
        self.trades, self.certificates, self.employers = Numbering(), Numbering(), Numbering()
        self.listed = dict[int, Shift]()
        self.barred, self.named = dict[str, frozenset[int]](), dict[str, frozenset[int]]()
        self.limits = question.limits_of(rules, weights, np.empty(0, np.int64))
        self.answers, self.find = Answers(), direct(find_shifts_at, 3)
        self.handed: Handed | None = None
        """What the compiled search is given; None once something has changed since it was last asked."""

    def __len__(self) -> int:
        return len(self.rows)

    # ------------------------------------------------------------------ changes

    def load(self, shifts: Iterable[Shift]) -> None:
        """Puts many shifts, neighbours side by side."""
        given = list(shifts)
        trades = np.array([self.trades[shift.trade] for shift in given], np.int64)
        latitudes, longitudes = (
            np.array([measure.microdegrees(getattr(shift, axis)) for shift in given], np.int64)
            for axis in ("latitude", "longitude")
        )
        for at in by_place(latitudes, longitudes, trades).tolist():
            self.put(given[at])

    def put(self, shift: Shift) -> None:
        """Enters a shift, or everything that has changed about one. Raises `TooLarge`, and nothing has changed."""
        needed = sorted(self.certificates[name] for name in shift.certificates)
        trade, employer = self.trades[shift.trade], self.employers[shift.employer_id]
        line = question.line_of(shift, trade, employer, needed, (0, 0, 0, 0), self.rules)
        check_position(measure.microdegrees(shift.latitude), measure.microdegrees(shift.longitude))
        check_span(measure.minute(shift.starts), measure.minute(shift.ends))
        self.remove(shift.id)
        self.handed = None
        row = self.new_row(shift.id)
        self.lines[row] = np.frombuffer(line, np.int32)
        self.need(row, needed)
        if shift.blocks or shift.named:
            self.list(row, shift)
        self.post(row, trade, WITH if shift.transport_provided else WITHOUT)

    def remove(self, shift_id: str) -> None:
        """Takes a shift out; nothing happens if there is none."""
        row = self.rows.pop(shift_id, None)
        if row is None:
            return
        self.handed = None
        self.states[row, TRAITS], self.lines[row, question.OPEN] = GONE, 0
        self.unlist(row)
        self.left.append(row)
        if len(self.left) > 1024 + len(self.rows) // 8:
            self.tidy()

    def fill(self, shift_id: str, open_places: int) -> None:
        """Notes how many places of a shift are open now. Raises `KeyError` if there is no such shift."""
        row = self.rows[shift_id]
        traits = self.lines[row, question.OPEN] & question.TRAITS
        self.lines[row, question.OPEN] = (open_places << question.TRAIT_BITS) | traits

    # ------------------------------------------------------------------ questions

    def best(self, worker: Worker, limit: int) -> list[tuple[str, int]]:
        """Ids and total points of the best `limit` shifts for a worker, best first, as the reference has them."""
        return self.answer(self.question(worker), limit)

    def answer(self, asked: Handed, limit: int) -> list[tuple[str, int]]:
        """The same for a worker who has been made ready to be asked about."""
        rows, totals = np.array(self.best_rows(asked, limit), np.int32).reshape(2, -1)
        return list(zip(self.ids.of(rows), totals.tolist(), strict=True))

    def best_rows(self, asked: Handed, limit: int) -> "array[int]":
        """The best `limit` shifts, best first: their rows (see `ids`), and after them as many total points."""
        handed, answers = self.handed, self.answers
        if handed is None or (limit > answers.room and len(self) > answers.room):
            handed, answers = self.hand_over(limit)
        count = self.find(handed.at, asked.at, limit)
        return answers.numbers[: 2 * count]

    def hand_over(self, limit: int = 0) -> tuple[Handed, Answers]:
        """Writes down where the arrays are that the compiled search is given, with room for answers of this length."""
        there = self.postings
        if (room := min(limit, len(self))) > self.answers.room:
            self.answers = Answers(room)
        self.handed = Handed(
            there.directory, there.buckets, there.slots, self.lines, self.needed, self.ids.keys, self.limits,
            self.near, self.chosen, self.answers.handed(),
        )  # fmt: skip
        return self.handed, self.answers

    def question(self, worker: Worker) -> Handed:
        """A worker made ready to be asked about. It holds until a shift that bars or names the worker comes or goes,
        or the first one of a trade, an employer or with a certificate the worker has. Raises `TooLarge`."""
        told = [part for trade, skill in worker.trades.items() for part in self.trade_known(trade, skill)]
        cuts = [len(told)]
        for rows in (self.barred.get(worker.id, NOBODY), self.named.get(worker.id, NOBODY)):
            told += sorted(rows)
            cuts.append(len(told))
        notes, sites, mask, days = self.notes_of(worker)
        weekdays, opens, closes = eligibility.hours(worker)
        hours = weekdays | opens << 7 | closes << 18
        traits = born(worker.birth_date.toordinal()) << BORN_SHIFT | (hours != measure.EVERY_WEEKDAY) << HOURS_SHIFT
        radii = self.radii_for(worker)
        return Handed.copied(
            radii,
            self.seeker(worker, cuts if worker.contactable else [0, 0, 0], int(radii.max())),
            np.array(told, np.int32),
            np.array([[mask, days, len(notes) - 1 if notes else NO_NOTE, traits]], np.int64).astype(np.int32),
            np.array(notes, np.int32).reshape(-1, 3),
            np.array(sites, np.int32).reshape(-1, 2),
            np.array([0, hours], np.int32),
        )

    def trade_known(self, trade: str, skill: int) -> tuple[int, ...]:
        """The number of a trade and the skill; nothing if no shift is of this trade."""
        number = self.trades.get(trade)
        return () if number is None else (number, skill)

    def radii_for(self, worker: Worker) -> Longs:
        """How far this worker goes without and with transport."""
        usual = max(self.rules.country_reach_m, self.rules.town_reach_m)
        far = usual if worker.reach_m is None else max(worker.reach_m, usual if worker.reach_m < 0 else 0)
        return np.array([far, max(far, self.rules.transport_reach_m)], np.int64)

    def seeker(self, worker: Worker, cuts: list[int], farthest: int) -> Longs:
        """The worker as plain integers, see `shifts_search.Seeker`."""
        farthest_pole = min(abs(worker.latitude) + farthest / METRES_OF_A_DEGREE, 89.0)
        own = sum(own_terms(worker, self.weights).values())
        reach = measure.USUAL if worker.reach_m is None else max(worker.reach_m, measure.USUAL)
        asks = measure.USUAL if worker.accepts_pay_fen is None else max(worker.accepts_pay_fen, measure.USUAL)
        check_wishes(reach, asks)
        profile = packed_profile(asks, reach, measure.unit_code(worker.pay_unit), worker.in_town, worker.open_to_less)
        position = measure.microdegrees(worker.latitude), measure.microdegrees(worker.longitude)
        packed = SEEKER.pack(*position, profile, own, *cuts, measure.longitude_scale(farthest_pole))
        return np.frombuffer(bytearray(packed), np.int64)

    def notes_of(self, worker: Worker) -> tuple[list[tuple[int, ...]], list[tuple[int, int]], int, int]:
        """A worker's notes, the sites they name, the mask of certificates and that of days (see `people`)."""
        notes, sites, mask, days = list[tuple[int, ...]](), list[tuple[int, int]](), 0, 0
        for name, last_day in held_by(worker):
            number = self.certificates.get(name, NO_NUMBER)
            if last_day == FOR_GOOD and 0 <= number < MASKED:
                mask |= 1 << number
            elif number != NO_NUMBER:
                notes.append((len(notes) - 1, *packed_note(number, last_day, CERTIFICATE)))
        for employer in worker.blocks:
            if employer in self.employers:
                notes.append((len(notes) - 1, *packed_note(self.employers[employer], 0, BLOCK)))
                days = EVERY_DAY
        for busy in worker.busy:
            starts, ends = measure.minute(busy[0]), measure.minute(busy[1])
            check_span(starts, ends)
            site = NO_SITE
            if len(busy) == 4:
                site = len(sites)
                sites.append((measure.microdegrees(busy[2]), measure.microdegrees(busy[3])))
            for part in range(starts, ends, LONGEST_NOTE):
                until = min(part + LONGEST_NOTE, ends)
                notes.append((len(notes) - 1, *packed_note(part - FIRST_MINUTE, site, until - part)))
                days |= day_mask(part, until)
        return notes, sites, mask, days

    # ------------------------------------------------------------------ rows and postings

    def new_row(self, shift_id: str) -> int:
        """A row for a shift."""
        if self.free:
            row = self.free.pop()
        elif (row := self.ids.used) < MOST_SHIFTS:
            self.ids.used += 1
        else:
            raise TooLarge("一个索引最多能放四百万个班次。")
        if row >= len(self.lines):
            self.lines = question.longer_lines(self.lines, row + 1)
            self.near, self.chosen = np.empty((len(self.lines), 2), np.int32), np.empty(len(self.lines), np.int64)
            self.states, self.ids.keys = longer(self.states, row + 1), longer(self.ids.keys, row + 1)
        self.ids.keys[row] = self.ids.key(shift_id)
        self.states[row, TRAITS] = PRESENT
        self.rows[shift_id] = row
        return row

    def need(self, row: int, certificates: Sequence[int]) -> None:
        """Keeps which certificates a shift needs."""
        first, end = self.needed_used, self.needed_used + len(certificates)
        if end > len(self.needed):
            self.needed = longer(self.needed, end)
        self.needed[first:end] = certificates
        self.lines[row, question.NEEDED_AT :][:4] = first, end, end, end
        self.needed_used = end

    def tidy(self) -> None:
        """Lets the rows of shifts that are gone be used again, and what they needed be forgotten."""
        self.postings.lay_out(self.states, 0)
        self.free += self.left
        self.left.clear()
        kept, first = np.empty_like(self.needed), 0
        for row in self.rows.values():
            cuts = self.lines[row, question.NEEDED_AT :][:4]
            end = first + int(cuts[1] - cuts[0])
            kept[first:end] = self.needed[cuts[0] : cuts[1]]
            cuts[:] = first, end, end, end
            first = end
        self.needed, self.needed_used = kept, first

    def list(self, row: int, shift: Shift) -> None:
        """Keeps whom a shift bars and whom it asks for by name."""
        self.listed[row] = shift
        for lists, workers in ((self.barred, shift.blocks), (self.named, shift.named)):
            for worker in workers:
                lists[worker] = lists.get(worker, NOBODY) | {row}

    def unlist(self, row: int) -> None:
        """Forgets whom a shift bars and asks for."""
        shift = self.listed.pop(row, None)
        for lists, workers in ((self.barred, shift.blocks), (self.named, shift.named)) if shift else ():
            for worker in workers:
                lists[worker] -= {row}
                if not lists[worker]:
                    del lists[worker]

    def post(self, row: int, trade: int, tier: int) -> None:
        """Enters the posting of a row."""
        latitude, longitude = self.lines[row, question.LATITUDE], self.lines[row, question.LONGITUDE]
        number = (trade * TIERS + tier) * bands_of(SHIFT_BAND_BITS) + band_of(latitude, SHIFT_BAND_BITS)
        posting = np.array([[(longitude + 180_000_000) << SKILL_BITS, 0, row << PROFILE_BITS, latitude]], np.int32)
        self.postings.enter(np.array([number], np.int32), posting, self.states)
