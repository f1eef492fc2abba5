"""Taking workers in: from columns to rows, notes and postings. There must be room for them all before."""

from linggong.matching import measure
from linggong.matching.columns import FOR_GOOD, Record, Records
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.identity import EMPTY, Keys, drop_key, enter_key, row_of
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import (
    BLOCK,
    BORN_SHIFT,
    CERTIFICATE,
    CERTIFICATES,
    DAYS,
    FREE,
    GONE,
    HOURS_SHIFT,
    NO_NOTE,
    NOTES,
    PRESENT,
    PRIORITY,
    ROWS,
    TRAITS,
    birth_day,
    leave,
    note,
    note_booking,
)
from linggong.matching.postings import (
    BAND_BITS,
    EAST,
    LATITUDE_BITS,
    POINTS,
    PROFILE_BITS,
    SKILL_BITS,
    TIERS,
    WHERE,
    WHO,
    band_of,
    bands_of,
)
from linggong.matching.question import EVERY_DAY, MASKED, born
from linggong.matching.search import MOST_WAITING, WAITING_BITS

KEPT, RATING, FRESHNESS, NEWCOMER_DAYS, WAITING, WAITING_DAYS = range(6)
"""Places in the weights of what depends on the worker alone."""

also_compiled(measure.kept_points, measure.rating_points, measure.ramp_points, born)


@compiled
def enter_people(
    new: Records, new_keys: Keys, order: Longs, hours: Ints, ids: Keys, slots: Ints, people: Ints, notes: Ints,
    free: Ints, counts: Longs, rows: Ints,
) -> None:  # fmt: skip
    """Gives each new worker a row, written to `rows` (EMPTY: not to be found); who was there before leaves first.

    They are taken in the given order, best so that neighbours get rows side by side. `hours` are the numbers of the
    wished hours.
    """
    for at in order:
        row = row_of(ids, slots, new_keys[at, 0], new_keys[at, 1])
        if row != EMPTY:
            drop_key(ids, slots, row)
            leave(people, notes, counts, row)
        rows[at] = EMPTY
        if not new[at]["contactable"]:
            continue
        if counts[FREE]:
            counts[FREE] -= 1
            row = free[counts[FREE]]
        else:
            row = counts[ROWS]
            counts[ROWS] += 1
        ids[row, 0], ids[row, 1] = new_keys[at, 0], new_keys[at, 1]
        traits = born(new[at]["birth_day"]) << BORN_SHIFT | hours[at] << HOURS_SHIFT
        people[row, TRAITS] = traits | (PRIORITY if new[at]["in_priority"] else 0)
        people[row, CERTIFICATES], people[row, DAYS], people[row, NOTES] = 0, 0, NO_NOTE
        enter_key(ids, slots, row)
        counts[PRESENT] += 1
        rows[at] = row


@compiled
def enter_notes(
    rows: Ints, held: Records, certificates: Ints, blocks: Records, employers: Ints, taken: Records, sites: Ints,
    people: Ints, notes: Ints, counts: Longs,
) -> None:  # fmt: skip
    """Notes certificates, blocks and busy times; `certificates`, `employers` and `sites` give the numbers of those."""
    for at in range(len(held)):
        row, number, day = rows[held[at]["owner"]], certificates[held[at]["certificate"]], held[at]["last_day"]
        if is_there(people, row):
            if day == FOR_GOOD and number < MASKED:
                people[row, CERTIFICATES] |= 1 << number
            else:
                note(people, notes, counts, row, number, day, CERTIFICATE)
    for at in range(len(blocks)):
        row = rows[blocks[at]["owner"]]
        if is_there(people, row):
            employer = employers[blocks[at]["employer"]]
            note(people, notes, counts, row, employer, 0, BLOCK)
            people[row, DAYS] = EVERY_DAY
    for at in range(len(taken)):
        row = rows[taken[at]["owner"]]
        if is_there(people, row):
            site = sites[taken[at]["site"]]
            note_booking(people, notes, counts, row, taken[at]["starts"], taken[at]["ends"], site)


@compiled
def is_there(people: Ints, row: int) -> bool:
    """Whether somebody is in a row."""
    return bool(row != EMPTY and birth_day(people, row) != GONE)


@compiled
def make_postings(
    new: Records, rows: Ints, people: Ints, trades: Records, numbers: Ints, profiles: Ints, weights: Longs,
    tiers: Longs, reaches: Longs, where: Ints, postings: Ints,
) -> int:  # fmt: skip
    """Writes the posting of each trade held, and to `where` the number of its bucket; how many there are.

    `numbers` gives the trades' numbers, `profiles` one for each worker. `tiers` are the farthest reaches of each tier;
    `reaches`, the farthest there are, grow.
    """
    count = 0
    for at in range(len(trades)):
        owner = trades[at]["owner"]
        row, one = rows[owner], new[owner]
        if not is_there(people, row):
            continue
        tier = tier_of(one["reach"], tiers)
        reaches[tier] = max(reaches[tier], one["reach"], tiers[0] if tier == 0 else 0)
        band = band_of(one["latitude"], BAND_BITS)
        south = (band << BAND_BITS) - 90_000_000
        skill = min(max(trades[at]["skill"], 0), 3)
        where[count] = (numbers[trades[at]["trade"]] * TIERS + tier) * bands_of(BAND_BITS) + band
        postings[count, EAST] = ((one["longitude"] + 180_000_000) << SKILL_BITS) | skill
        waiting = min(max(one["idle_days"], 0), MOST_WAITING)
        postings[count, POINTS] = (own_points(one, weights) << WAITING_BITS) + waiting
        postings[count, WHO] = (row << PROFILE_BITS) | (profiles[owner] & ((1 << PROFILE_BITS) - 1))
        rest = profiles[owner] >> PROFILE_BITS
        postings[count, WHERE] = (rest << LATITUDE_BITS) | (one["latitude"] - south)
        count += 1
    return count


@compiled
def tier_of(reach: int, tiers: Longs) -> int:
    """The first tier that holds a reach."""
    tier = 0
    while reach > tiers[tier]:
        tier += 1
    return tier


@compiled
def own_points(one: Record, weights: Longs) -> int:
    """The points that depend on the worker alone, as `fit.own_terms` has them."""
    new_days = weights[NEWCOMER_DAYS] - one["registered_days"]
    return int(
        measure.kept_points(one["kept"], one["missed"], weights[KEPT])
        + measure.rating_points(one["rating_sum"], one["rating_count"], weights[RATING])
        + measure.ramp_points(new_days, weights[NEWCOMER_DAYS], weights[FRESHNESS])
        + one["priority"]
        + measure.ramp_points(one["idle_days"], weights[WAITING_DAYS], weights[WAITING])
    )
