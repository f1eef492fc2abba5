"""How likely somebody says yes to an offer, learnt from the market's own history: a small logistic model.

It serves the size of waves and nothing else; nobody is left out for being unlikely. For newcomers and priority groups
the chance is never taken to be lower than a floor, so that they are asked as others are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linggong.matching import eligibility
from linggong.matching.model import Shift, Worker

FEATURES = ("always", "distance", "pay over asked", "record", "days without work", "hours of notice")
"""What the model looks at; see `features`. Age, sex and origin are not among them."""

FLOOR = 0.2
NEWCOMER_DAYS = 30
STEPS = 25
HOLDING_BACK = 1.0
"""Ridge on all weights but the first, so that a thin history moves them little."""

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each feature, and how many answers it was learnt from."""

    weights: Row
    answers: int

    def chance(self, worker: Worker, shift: Shift, notice_minutes: int) -> float:
        """The chance that this worker accepts this shift when asked so long before it starts."""
        learnt = probability(self.weights, features(worker, shift, notice_minutes))
        sheltered = worker.priority or worker.registered_days < NEWCOMER_DAYS
        return max(learnt, FLOOR) if sheltered else learnt


@dataclass(frozen=True, slots=True)
class Report:
    """How well the model foretells answers it has not seen: for each tenth, the mean chance and the share of yeses.

    `log_loss` is compared with that of always saying the mean.
    """

    log_loss: float
    log_loss_of_mean: float
    tenths: tuple[tuple[float, float], ...]


def features(worker: Worker, shift: Shift, notice_minutes: int) -> Row:
    """The features of one offer, each within about -1 and 1."""
    offered, asked = eligibility.offered(shift), eligibility.asked(worker, shift)
    over = (offered - asked) / asked if asked > 0 and offered > 0 else 0.0
    agreed = worker.kept + worker.missed
    return (
        1.0,
        min(eligibility.distance(worker, shift) / 10_000, 1.0),
        min(max(over, -1.0), 1.0),
        (worker.kept + 4) / (agreed + 5),
        min(worker.idle_days / 30, 1.0),
        min(max(notice_minutes, 0) / 1440, 1.0),
    )


def refit(history: Sequence[tuple[Row, bool]]) -> Model:
    """The model learnt from offers answered: features and whether the answer was yes (Newton's method)."""
    rows, answers = arrays(history)
    weights = np.zeros(len(FEATURES))
    held_back = np.diag([1e-6, *[HOLDING_BACK] * (len(FEATURES) - 1)])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (answers - chances) - held_back @ weights
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + held_back
        step = np.linalg.solve(curve, slope)
        weights = np.clip(weights + step, -20, 20)
        if np.abs(step).max() < 1e-9:
            break
    return Model(tuple(weights.tolist()), len(history))


def report(model: Model, history: Sequence[tuple[Row, bool]]) -> Report:
    """How the model does on a history, best one it was not learnt from."""
    chances = np.array([probability(model.weights, row) for row, _ in history])
    answers = np.array([answer for _, answer in history], float)
    order = np.array_split(np.argsort(chances, kind="stable"), 10)
    tenths = tuple((float(chances[part].mean()), float(answers[part].mean())) for part in order if len(part))
    return Report(log_loss(chances, answers), log_loss(np.full(len(answers), answers.mean()), answers), tenths)


def probability(weights: Row, row: Row) -> float:
    """The chance the weights give to a row."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, row, strict=True))))


def arrays(history: Sequence[tuple[Row, bool]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The history as a matrix of features and a vector of answers."""
    rows = np.array([row for row, _ in history], float).reshape(-1, len(FEATURES))
    return rows, np.array([answer for _, answer in history], float)


def log_loss(chances: NDArray[np.float64], answers: NDArray[np.float64]) -> float:
    """The mean surprise, in nats."""
    safe = np.clip(chances, 1e-9, 1 - 1e-9)
    return float(-(answers * np.log(safe) + (1 - answers) * np.log(1 - safe)).mean())
