"""All available workers in memory, so that the best for a shift are found in microseconds.

The definition of eligibility and fit is that of the reference (`eligibility`, `fit`): the same functions of
`measure`, compiled. Every change is visible to the next query. One thread at a time may change or ask an index.
"""

from array import array
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.matching import eligibility, entering, measure, question
from linggong.matching.bounds import (
    check_bounds,
    check_span,
    check_weights,
    longer,
    notes_for,
    numbered,
    numbers_of,
    own_weights_of,
)
from linggong.matching.columns import Columns, Numbering, Records, columns_of, taken_of
from linggong.matching.compiled import direct
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.handing import Answers, Handed
from linggong.matching.identity import EMPTY, Names, drop_key, enter_keys, key_of, lots_of, row_of, slots_for
from linggong.matching.model import Busy, Rules, Shift, Weights, Worker
from linggong.matching.pairs import Ints, TooLarge
from linggong.matching.people import (
    BORN_SHIFT,
    COUNTS,
    FREE,
    GONE,
    HOURS,
    LEFT,
    LONGEST_NOTE,
    NO_NOTE,
    NO_SITE,
    NOTES_USED,
    PLACE,
    PRESENT,
    PRIORITY,
    ROWS,
    SPARE_NOTE,
    TRAITS,
    lay_out_notes,
    leave,
    note_booking,
)
from linggong.matching.postings import BAND_BITS, MOST_PROFILES, MOST_ROWS, TIERS, Postings, by_place
from linggong.matching.search import (
    WAITING_BITS,
    Market,
    find_all,
    find_best_at,
    find_best_of_many,
    packed_profile,
)

TIER_REACHES_M = (8_000, 15_000)
"""The farthest reaches of the tiers between the usual reach and any."""

NO_RADIUS = NO_NUMBER = -1
NOBODY = np.empty(0, np.int32)
MOST_SITES, MOST_NAMES, MOST_TRADES = PLACE, 2**25, 2**14


class Questions(NamedTuple):
    """Shifts as the compiled search is asked them: a line for each, and the list their last entries cut."""

    lines: Ints
    lists: Ints
    handed: Handed


class Shortlists(NamedTuple):
    """The best for many shifts: rows and keys (see `best_rows`), a line for each shift, and how many there are."""

    rows: Ints
    keys: Ints
    counts: Ints


class WorkerIndex:
    """Workers who can be found, by id. `position` is the place in the caller's log that the answers reflect.

    `ids` gives the ids of rows, by which answers name the workers.
    """

    def __init__(self, weights: Weights = USUAL_WEIGHTS, rules: Rules = eligibility.USUAL_RULES) -> None:
        check_weights(weights)
        self.weights, self.rules, self.position = weights, rules, 0
        self.ids = Names()
        self.slots = slots_for(0)
        self.counts = np.zeros(COUNTS, np.int64)
        self.counts[SPARE_NOTE] = NO_NOTE
        self.people, self.free = np.empty((0, 4), np.int32), NOBODY
        self.notes = np.empty((0, 3), np.int32)
        self.postings = Postings(BAND_BITS)
        self.trades, self.certificates, self.employers = Numbering(), Numbering(), Numbering()
        self.known_sites: dict[tuple[int, int], int] = {}
        self.sites = np.empty((0, 2), np.int32)
        self.known_profiles: dict[int, int] = {}
        self.profiles = np.empty(0, np.int64)
        self.known_hours = {measure.EVERY_WEEKDAY: 0}
        self.hours = np.array([measure.EVERY_WEEKDAY], np.int32)
        usual = max(rules.country_reach_m, rules.town_reach_m)
        self.tiers = np.array([usual, *(max(usual, far) for far in TIER_REACHES_M), 2**31], np.int64)
        self.reaches = np.full(TIERS, NO_RADIUS, np.int64)
        self.limits = question.limits_of(rules, weights, np.full(2 * TIERS, NO_RADIUS, np.int64))
        self.own_weights = own_weights_of(weights)
        self.answers, self.find = Answers(), direct(find_best_at, 4)
        self.handed: Handed | None = None
        """What the compiled search is given; None once something has changed since it was last asked."""

    def __len__(self) -> int:
        return int(self.counts[PRESENT])

    # ------------------------------------------------------------------ changes

    def load(self, workers: Iterable[Worker]) -> None:
        """Puts many workers."""
        self.enter(columns_of(workers, self.ids, self.weights))

    def put(self, worker: Worker) -> None:
        """Enters a worker, or everything that has changed about one. Who has not consented cannot be found."""
        self.enter(columns_of((worker,), self.ids, self.weights))

    def enter(self, new: Columns) -> None:
        """Enters workers, or everything that has changed about them. Raises `TooLarge`, and nothing has changed."""
        check_bounds(new)
        self.handed = None
        certificates = numbers_of(self.certificates, new.certificate_names, MOST_NAMES)
        employers = numbers_of(self.employers, new.employer_names, MOST_NAMES)
        trades = numbers_of(self.trades, new.trade_names, MOST_TRADES)
        hours, profiles = self.hours_of(new.people), self.profiles_of(new.people)
        sites = self.site_numbers(new.sites)
        rows = np.empty(len(new.people), np.int32)
        self.make_room(len(new.people), notes_for(new))
        order = by_place(new.people["latitude"], new.people["longitude"])
        entering.enter_people(
            new.people, new.keys, order, hours, self.ids.keys, self.slots, self.people, self.notes, self.free,
            self.counts, rows,
        )  # fmt: skip
        entering.enter_notes(
            rows, new.certificates, certificates, new.blocks, employers, new.taken, sites, self.people, self.notes,
            self.counts,
        )  # fmt: skip
        self.ids.used = int(self.counts[ROWS])
        self.post(new, rows, trades, profiles)
        if 2 * len(rows) > len(self):
            self.lay_out_notes()
        self.tidy()

    def remove(self, worker_id: str) -> None:
        """Takes a worker out; nothing happens if there is none."""
        row, self.handed = self.row(worker_id), None
        if row != EMPTY:
            drop_key(self.ids.keys, self.slots, row)
            leave(self.people, self.notes, self.counts, row)
            self.tidy()

    def book(self, worker_id: str, busy: Busy) -> None:
        """Notes that a worker is taken at a time; from now on no query finds the worker for it.

        Raises `KeyError` if there is no such worker.
        """
        row = self.row(worker_id)
        if row == EMPTY:
            raise KeyError(worker_id)
        taken, sites = taken_of([(0, busy)])
        starts, ends = int(taken["starts"][0]), int(taken["ends"][0])
        check_span(starts, ends)
        self.handed = None
        numbers = self.site_numbers(sites)
        self.make_room(0, (ends - starts) // LONGEST_NOTE + 1)
        note_booking(self.people, self.notes, self.counts, row, starts, ends, int(numbers[taken["site"][0]]))

    # ------------------------------------------------------------------ questions

    def best(self, shift: Shift, limit: int) -> list[tuple[str, int]]:
        """Ids and total points of the best `limit` workers for a shift, best first, as the reference has them."""
        rows, keys = np.array(self.best_rows(self.questions((shift,)), limit), np.int32).reshape(2, -1)
        return list(zip(self.ids.of(rows), (keys >> WAITING_BITS).tolist(), strict=True))

    def best_rows(self, asked: Questions, limit: int, number: int = 0) -> "array[int]":
        """The best `limit` workers for one of the shifts, best first: their rows (see `ids`), and after them as many
        keys.

        A key is total points and days of waiting in one integer; equal keys are in the order of `lots`.
        """
        handed, answers = self.handed, self.answers
        if handed is None or (limit > answers.room and len(self) > answers.room):
            handed, answers = self.hand_over(limit)
        count = self.find(handed.at, asked.handed.at, number, limit)
        return answers.numbers[: 2 * count]

    def best_of_many(self, asked: Questions, limit: int) -> Shortlists:
        """The best `limit` workers for each of many shifts."""
        room, shifts = max(min(limit, len(self)), 0), len(asked.lines)
        rows, keys = np.empty((shifts, room), np.int32), np.empty((shifts, room), np.int32)
        counts = np.zeros(shifts, np.int32)
        if room:
            lines = asked.lines
            order = by_place(lines[:, question.LATITUDE], lines[:, question.LONGITUDE], lines[:, question.TRADE])
            find_best_of_many(self.market(), lines, asked.lists, order, rows, keys, counts)
        return Shortlists(rows, keys, counts)

    def everybody(self, shift: Shift) -> tuple[Ints, Ints]:
        """Rows (see `ids`) and total points of all eligible workers for a shift, in no order."""
        asked = self.questions((shift,))
        rows, totals = find_all(self.market(), asked.lines, asked.lists)
        return rows, totals

    def lots(self) -> NDArray[np.uint64]:
        """The lots that settle what is equal, by row; the lower comes first."""
        return lots_of(self.ids.keys[: len(self.ids)])

    def farthest(self, transport: bool) -> int:
        """How far away, in metres, somebody may be who can be found; negative if there is nobody."""
        return int(self.limits[question.RADII :].reshape(2, TIERS)[int(transport)].max())

    def in_priority(self, rows: Ints) -> NDArray[np.bool_]:
        """Which of the rows belong to a priority group."""
        first: NDArray[np.bool_] = (self.people[rows, TRAITS] & PRIORITY).astype(np.bool_)
        return first

    def questions(self, shifts: Iterable[Shift]) -> Questions:
        """Shifts as they are asked. They hold until a worker barred or asked for by name comes or goes."""
        packed, lists = bytearray(), list[int]()
        for shift in shifts:
            packed += self.line(shift, lists)
        asked = question.lines(packed), np.array(lists, np.int32) if lists else NOBODY
        return Questions(*asked, Handed(*asked))

    def line(self, shift: Shift, lists: list[int]) -> bytes:
        """A shift as it is asked; what it needs a list for is added to `lists`."""
        needed, cuts = list[int](), [len(lists)] * 4
        if shift.certificates or shift.blocks or shift.named:
            needed = sorted(self.certificates[name] for name in shift.certificates)
            for at, part in enumerate((needed, self.rows_of(shift.blocks), self.rows_of(shift.named)), 1):
                lists += part
                cuts[at] = len(lists)
        trade = self.trades.get(shift.trade, NO_NUMBER) if shift.open_places > 0 else NO_NUMBER
        employer = self.employers.get(shift.employer_id, NO_NUMBER)
        return question.line_of(shift, trade, employer, needed, cuts, self.rules)

    def rows_of(self, ids: frozenset[str]) -> list[int]:
        """The rows of those ids that are here, sorted."""
        return sorted(row for one in ids if (row := self.row(one)) != EMPTY)

    def row(self, worker_id: str) -> int:
        """The row of an id, EMPTY if there is none."""
        high, low = key_of(worker_id)
        return int(row_of(self.ids.keys, self.slots, np.uint64(high), np.uint64(low)))

    def market(self) -> Market:
        """What the compiled search is given."""
        return Market(
            self.postings.directory, self.postings.buckets, self.postings.slots, self.profiles, self.people, self.notes,
            self.sites, self.hours, self.ids.keys, self.limits, self.answers.handed(),
        )  # fmt: skip

    def hand_over(self, limit: int = 0) -> tuple[Handed, Answers]:
        """Writes down where the arrays are that the compiled search is given, with room for answers of this length."""
        if (room := min(limit, len(self))) > self.answers.room:
            self.answers = Answers(room)
        self.handed = Handed(*self.market())
        return self.handed, self.answers

    # ------------------------------------------------------------------ room

    def make_room(self, people: int, notes: int) -> None:
        """Sees to it that so many more people and notes have room."""
        if (rows := int(self.counts[ROWS]) + people) > len(self.people):
            if rows > MOST_ROWS:
                raise TooLarge("一个索引最多能放六千七百万人。")
            self.people, self.ids.keys = longer(self.people, rows), longer(self.ids.keys, rows)
        if 4 * (len(self) + people) > 3 * len(self.slots):
            self.slots = slots_for(len(self) + people)
            present = (self.people[: self.counts[ROWS], TRAITS] >> BORN_SHIFT).astype(np.bool_)
            enter_keys(self.ids.keys, self.slots, np.flatnonzero(present))
        if (used := int(self.counts[NOTES_USED]) + notes) > len(self.notes):
            self.notes = longer(self.notes, used)

    def post(self, new: Columns, rows: Ints, trades: Ints, profiles: Ints) -> None:
        """Enters a posting for each trade held."""
        where, given = np.empty(len(new.trades), np.int32), np.empty((len(new.trades), 4), np.int32)
        count = entering.make_postings(
            new.people, rows, self.people, new.trades, trades, profiles, self.own_weights, self.tiers, self.reaches,
            where, given,
        )  # fmt: skip
        self.widen()
        self.postings.enter(where[:count], given[:count], self.people)

    def widen(self) -> None:
        """Tells the search how far to look in each tier."""
        used = self.reaches != NO_RADIUS
        transported = np.where(used, np.maximum(self.reaches, self.rules.transport_reach_m), NO_RADIUS)
        self.limits[question.RADII :] = np.concatenate((self.reaches, transported))

    def tidy(self) -> None:
        """Lets rows be used again once an eighth of them have been left."""
        if self.counts[LEFT] > 1024 + self.counts[ROWS] // 8:
            self.postings.lay_out(self.people, 0)
            self.lay_out_notes()
            gone = (self.people[: self.counts[ROWS], TRAITS] >> BORN_SHIFT) == GONE
            self.free = np.flatnonzero(gone).astype(np.int32)
            self.counts[FREE], self.counts[LEFT] = len(self.free), 0

    def lay_out_notes(self) -> None:
        """Brings the notes of each row together."""
        laid_out = np.empty_like(self.notes)
        lay_out_notes(self.people, self.notes, self.counts, laid_out)
        self.notes = laid_out

    # ------------------------------------------------------------------ numbers

    def site_numbers(self, sites: Records) -> Ints:
        """The numbers of sites, by position; at the end stands NO_SITE, which the place -1 then means."""
        known = self.known_sites
        before = len(known)
        numbers = [known.setdefault(position, len(known)) for position in sites.tolist()]
        if len(known) > before:
            if len(known) > MOST_SITES:
                raise TooLarge("地点太多, 一个索引最多能记一千六百万个。")
            if len(known) > len(self.sites):
                self.sites = longer(self.sites, len(known))
            self.sites[before : len(known)] = list(islice(known, before, None))
        return np.array([*numbers, NO_SITE], np.int32)

    def hours_of(self, people: Records) -> Ints:
        """The numbers of wished hours."""
        packed = people["weekdays"].astype(np.int64) | people["opens"] << 7 | people["closes"] << 18
        numbers, self.hours = numbered(packed, self.known_hours, self.hours, HOURS, "干活时间的说法太多了。")
        return numbers

    def profiles_of(self, people: Records) -> Ints:
        """The numbers of profiles: reach, pay asked and its unit, in town or not, open to less or not."""
        asks, reach, unit = (people[name].astype(np.int64) for name in ("asks", "reach", "unit"))
        packed = packed_profile(
            np.maximum(asks, measure.USUAL), np.maximum(reach, measure.USUAL), unit, people["in_town"],
            people["open_to_less"],
        )  # fmt: skip
        sentence = "工钱和距离的要求一共超过了二百万种。"
        numbers, self.profiles = numbered(packed, self.known_profiles, self.profiles, MOST_PROFILES, sentence)
        return numbers
