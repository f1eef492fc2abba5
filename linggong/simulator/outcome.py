"""What a county's days came to under one policy, and the figures drawn from it."""

from dataclasses import dataclass, field
from statistics import fmean, median

from linggong.matching import eligibility
from linggong.matching.model import Shift, Worker

NOT_KNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Taken:
    """A place taken: minutes from the posting to the yes, and until the person could be at the site.

    `late` says that this was after the work began.
    """

    worker: Worker
    shift: Shift
    agreed_after: float
    ready_after: float
    came: bool
    late: bool = False


@dataclass
class Outcome:
    """Everything that is counted. `full_after` has the shifts that became full; `posts` and `places` what was asked."""

    days: int = 0
    workers: int = 0
    posts: int = 0
    places: int = 0
    disturbed: int = 0
    taken: list[Taken] = field(default_factory=list)
    full_after: list[float] = field(default_factory=list)

    @property
    def agreed(self) -> float:
        """Share of places that somebody agreed to fill; who is called in for a missing person fills no new place."""
        return len({(one.worker.id, one.shift.id) for one in self.taken if not one.late}) / max(self.places, 1)

    @property
    def worked(self) -> float:
        """Share of places at which somebody worked."""
        return len(self.came) / max(self.places, 1)

    @property
    def came(self) -> list[Taken]:
        """Those places taken whose person came."""
        return [one for one in self.taken if one.came]

    @property
    def kept(self) -> float:
        """Share of the agreed whose person came."""
        return len(self.came) / len(self.taken) if self.taken else NOT_KNOWN

    @property
    def disturbed_per_place(self) -> float:
        """People asked for each place worked."""
        return self.disturbed / len(self.came) if self.came else NOT_KNOWN

    @property
    def kilometres(self) -> float:
        """Mean way to work."""
        return (
            fmean(eligibility.distance(one.worker, one.shift) for one in self.came) / 1000 if self.came else NOT_KNOWN
        )

    @property
    def priority(self) -> float:
        """Placements of people of priority groups a day."""
        return sum(bool(one.worker.priority) for one in self.came) / max(self.days, 1)

    @property
    def minutes_to_full(self) -> float:
        """Median minutes from posting to full, of all shifts; one that never became full counts as never."""
        waits = sorted(self.full_after) + [float("inf")] * (self.posts - len(self.full_after))
        return waits[len(waits) // 2] if waits else NOT_KNOWN

    @property
    def minutes_to_full_where_full(self) -> float:
        """Median minutes from posting to full, of the shifts that became full."""
        return median(self.full_after) if self.full_after else NOT_KNOWN

    @property
    def minutes_to_arrival(self) -> float:
        """Median minutes from the posting until a person who came could be at the site."""
        return median(one.ready_after for one in self.came) if self.came else NOT_KNOWN

    @property
    def incomes(self) -> list[int]:
        """What each registered person earned in these days, in fen, the least first; those without work are zeros."""
        earned: dict[str, int] = {}
        for one in self.came:
            earned[one.worker.id] = earned.get(one.worker.id, 0) + eligibility.offered(one.shift)
        return [0] * (self.workers - len(earned)) + sorted(earned.values())

    @property
    def income(self) -> float:
        """Mean income a day of everybody registered, in yuan."""
        return sum(self.incomes) / 100 / max(self.workers * self.days, 1)

    @property
    def gini(self) -> float:
        """How unequally these days' income falls on the registered: 0 evenly, 1 all to one."""
        incomes, total = self.incomes, sum(self.incomes)
        ranks = sum((2 * rank - len(incomes) - 1) * income for rank, income in enumerate(incomes, 1))
        return ranks / (len(incomes) * total) if total else 0.0
