"""How people behave: who looks for work today, who can be reached, how fast they answer, what they say, who comes.

Nothing of this is seen by a policy, and everything hangs on the seed and the names alone: the same person answers the
same asking alike under every policy. One in five who agreed does not come in the end, as in 云州区 (305 first
intentions, 240 final); everything else is assumed, in one place: here.
"""

import random
from enum import Enum
from functools import cache

from linggong.matching import eligibility
from linggong.matching.acceptance import features, probability
from linggong.matching.model import Shift, Worker

TEMPER = (0.6, -2.0, 1.5, 0.5, 0.6, 0.0)
"""How people weigh an offer, by the features of the acceptance model."""
OWN_MIND = 0.8
"""How far people differ from each other in that, in log odds."""
LOOKING = 0.55
"""The share of the registered who look for work on a day."""
STANDING = 0.4
"""The share of those who look for work that stands at the roadside."""
STANDS_FROM, STANDS_UNTIL = 5 * 60 + 30, 9 * 60 + 30
WALK_M_PER_MINUTE, RIDE_M_PER_MINUTE = 70, 250
WALKED_M = 1500
"""Up to here people walk; farther they ride."""


class Way(Enum):
    """How somebody is asked: share of those reached, mean minutes to the answer, minutes of a clerk's time."""

    FACE = 1.0, 1.0, 0.0
    CALL = 0.7, 1.5, 4.0
    MESSAGE = 0.75, 12.0, 0.0
    HALL = 0.5, 2.0, 0.0

    def __init__(self, reached: float, answer_minutes: float, clerk_minutes: float) -> None:
        self.reached, self.answer_minutes, self.clerk_minutes = reached, answer_minutes, clerk_minutes


def draw(*names: object) -> random.Random:
    """Chance that belongs to these names."""
    return random.Random("/".join(map(str, names)))


@cache
def lot(*names: object) -> float:
    """A number from 0 to 1 that belongs to these names."""
    return draw(*names).random()


class Nature:
    """The people of one county."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def draw(self, *names: object) -> random.Random:
        """Chance that belongs to these names in this county."""
        return draw(self.seed, *names)

    def looks(self, worker_id: str, day: int) -> bool:
        """Whether the person looks for work on that day."""
        return lot(self.seed, "looks", worker_id, day) < LOOKING

    def stands(self, worker_id: str, day: int, minute_of_day: int) -> bool:
        """Whether the person stands at the roadside now."""
        there = STANDS_FROM <= minute_of_day < STANDS_UNTIL
        return there and self.looks(worker_id, day) and lot(self.seed, "stands", worker_id) < STANDING

    def agrees(self, worker: Worker, shift: Shift, day: int, notice: int) -> bool:
        """Whether the person says yes, asked so many minutes before the start."""
        if not self.looks(worker.id, day):
            return False
        mind = self.draw("mind", worker.id).gauss(0, OWN_MIND)
        chance = probability((TEMPER[0] + mind, *TEMPER[1:]), features(worker, shift, notice))
        return self.draw("agrees", worker.id, shift.id).random() < chance

    def comes(self, worker: Worker, shift: Shift) -> bool:
        """Whether somebody who said yes is there at the start."""
        return self.draw("comes", worker.id, shift.id).random() < (worker.kept + 4) / (worker.kept + worker.missed + 5)


def way_minutes(worker: Worker, shift: Shift) -> float:
    """How long the person needs to the site."""
    metres = eligibility.distance(worker, shift)
    return metres / (WALK_M_PER_MINUTE if metres <= WALKED_M else RIDE_M_PER_MINUTE)
