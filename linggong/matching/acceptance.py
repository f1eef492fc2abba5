"""How likely somebody says yes to an offer, and then arrives, learnt from the market's own history.

Two small logistic models on the same few features: the yes, and the arrival of those who said yes. They serve the size
of waves and the number of standbys and nothing else; nobody is left out for being unlikely. For newcomers and priority
groups neither chance is taken to be lower than a floor, so that they are asked as others are. How well the chances
agree with what happened, and who was asked, is told by `acceptance_report`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.lib.errors import Refusal
from linggong.matching import eligibility
from linggong.matching.model import Shift, Worker

FEATURES = ("always", "distance", "pay over asked", "record", "days without work", "hours of notice")
"""What the models look at; see `features`. Age, sex and origin are not among them."""

USUAL_YES, USUAL_ARRIVAL = 0.3, 0.9
"""The chances of a yes and of an arrival where nothing has been learnt yet."""

FLOOR, ARRIVAL_FLOOR = 0.2, 0.6
"""The lowest chances taken for newcomers and priority groups."""

NEWCOMER_DAYS = 30
STEPS = 25
HOLDING_BACK = 1.0
"""Ridge on all weights, so that a thin history moves them little from the usual."""

STEEPEST = 20.0
"""No weight is larger, whatever the history: each chance stays a number between 0 and 1."""

Row = tuple[float, ...]


class UnknownModel(Refusal):
    """What was stored is not a model that this version can use."""

    code = "unknown_model"


class Answer(NamedTuple):
    """One offer of the past: its features when it was made, whether the answer was yes, and whether the person came.

    `arrived` is None where it is not known or nobody's fault: no yes, cancelled by the employer, not yet due.
    """

    row: Row
    accepted: bool
    arrived: bool | None = None


def usual(chance: float) -> Row:
    """Weights that give everybody this chance."""
    return (math.log(chance / (1 - chance)), *[0.0] * (len(FEATURES) - 1))


USUAL_YES_WEIGHTS, USUAL_ARRIVAL_WEIGHTS = usual(USUAL_YES), usual(USUAL_ARRIVAL)


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each feature for a yes and for an arrival, and from how many answers each was learnt."""

    weights: Row = USUAL_YES_WEIGHTS
    answers: int = 0
    arrival_weights: Row = USUAL_ARRIVAL_WEIGHTS
    arrivals: int = 0

    def chance(self, worker: Worker, shift: Shift, notice_minutes: int) -> float:
        """The chance that this worker accepts this shift when asked so long before it starts."""
        learnt = probability(self.weights, features(worker, shift, notice_minutes))
        return max(learnt, FLOOR) if sheltered(worker) else learnt

    def chance_of_arrival(self, worker: Worker, shift: Shift, notice_minutes: int) -> float:
        """The chance that this worker, having accepted so long before the start, arrives."""
        learnt = probability(self.arrival_weights, features(worker, shift, notice_minutes))
        return max(learnt, ARRIVAL_FLOOR) if sheltered(worker) else learnt

    def to_json(self) -> str:
        """The model to keep: the names of the features with it, so that no other version misreads it."""
        return json.dumps({"features": FEATURES, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """The model that was kept. Raises `UnknownModel`."""
        try:
            kept = json.loads(text)
            if tuple(kept["features"]) != FEATURES:
                raise UnknownModel("这个接单模型看的特征和现在的不一样, 请重新学习一次。")
            return cls(
                checked(kept["weights"]),
                int(kept["answers"]),
                checked(kept["arrival_weights"]),
                int(kept["arrivals"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnknownModel("这不是保存下来的接单模型, 请重新学习一次。") from error


def checked(weights: Sequence[float]) -> Row:
    """The weights, one for each feature and none too steep. Raises `ValueError`."""
    row = tuple(float(weight) for weight in weights)
    if len(row) != len(FEATURES) or not all(abs(weight) <= STEEPEST for weight in row):
        raise ValueError("these are not the weights of the features")
    return row


def sheltered(worker: Worker) -> bool:
    """Whether the floors hold for this worker."""
    return bool(worker.priority) or worker.registered_days < NEWCOMER_DAYS


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


def refit(history: Sequence[Answer]) -> Model:
    """The model learnt from offers answered; without any, the usual chances."""
    accepted = [(answer.row, answer.accepted) for answer in history]
    arrived = [(answer.row, answer.arrived) for answer in history if answer.accepted and answer.arrived is not None]
    return Model(
        learnt(accepted, USUAL_YES_WEIGHTS), len(accepted), learnt(arrived, USUAL_ARRIVAL_WEIGHTS), len(arrived)
    )


def learnt(examples: Sequence[tuple[Row, bool]], beforehand: Row) -> Row:
    """The likeliest weights, held back towards those believed beforehand (Newton's method)."""
    rows, answers = arrays(examples)
    start = np.array(beforehand)
    weights = start.copy()
    for _ in range(STEPS):
        chances = chances_of(weights, rows)
        slope = rows.T @ (answers - chances) - HOLDING_BACK * (weights - start)
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + HOLDING_BACK * np.eye(len(FEATURES))
        step = np.linalg.solve(curve, slope)
        weights = np.clip(weights + step, -STEEPEST, STEEPEST)
        if np.abs(step).max() < 1e-9:
            break
    return tuple(weights.tolist())


def probability(weights: Row, row: Row) -> float:
    """The chance the weights give to a row."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, row, strict=True))))


def chances_of(weights: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chances the weights give to many rows."""
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-rows @ weights))
    return chances


def arrays(examples: Sequence[tuple[Row, bool]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The examples as a matrix of features and a vector of answers."""
    rows = np.array([row for row, _ in examples], float).reshape(-1, len(FEATURES))
    return rows, np.array([answer for _, answer in examples], float)
