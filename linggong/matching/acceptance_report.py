"""How well the learnt chances agree with what happened, and whether newcomers and priority groups are asked as others.

Exposure is told as figures: of those asked, the share that belongs to a group, beside the share there would be if one
asked blindly among all who were eligible for the same shifts. A group that gets less than four fifths of that is under
the floor (the four-fifths rule: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, 1978).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from linggong.matching.acceptance import NEWCOMER_DAYS, Answer, Model, Row, arrays, chances_of
from linggong.matching.model import Worker

EXPOSURE_FLOOR = 0.8
NEWCOMERS, OTHERS = "newcomer", "others"

Language = Literal["zh", "en"]

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "接单和到岗的可能性",
        "accepted": "答应派工",
        "arrived": "答应后到岗",
        "foretold": "预计 %",
        "happened": "实际 %",
        "count": "次数",
        "loss": "意外程度 {loss:.3f}, 只猜平均数是 {mean:.3f}; 预计和实际平均相差 {error:.1f} 个百分点。",
        "nothing": "还没有记录。",
        "exposure": "谁被问到",
        "group": "人群",
        "asked": "问到的人次",
        "share": "占问到的 %",
        "expected": "不挑人时应占 %",
        "verdict": "底线 (八成)",
        "kept": "达到",
        "missed": "没有达到",
        NEWCOMERS: "新登记的人",
        OTHERS: "其他人",
    },
    "en": {
        "title": "Chances of a yes and of an arrival",
        "accepted": "Accepts an offer",
        "arrived": "Arrives after accepting",
        "foretold": "foretold %",
        "happened": "happened %",
        "count": "answers",
        "loss": "Surprise {loss:.3f}, {mean:.3f} when always guessing the mean; off by {error:.1f} points on average.",
        "nothing": "Nothing on record yet.",
        "exposure": "Who is asked",
        "group": "group",
        "asked": "times asked",
        "share": "share of asked, %",
        "expected": "share if asked blindly, %",
        "verdict": "floor (four fifths)",
        "kept": "kept",
        "missed": "NOT KEPT",
        NEWCOMERS: "newcomers",
        OTHERS: "others",
    },
}

PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
table {{ border-collapse: collapse }} th, td {{ padding: .2rem 1rem .2rem 0; text-align: right }}
th:first-child, td:first-child {{ text-align: left }} th {{ border-bottom: 1px solid #999 }}
</style>
<h1>{title}</h1>
{sections}
</html>
"""


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the offers, from the least likely to the likeliest: mean chance, share of yeses, how many."""

    foretold: float
    happened: float
    count: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How well chances foretell answers: the mean surprise, in nats, beside that of always saying the mean."""

    count: int
    log_loss: float
    log_loss_of_mean: float
    tenths: tuple[Tenth, ...]

    @property
    def calibration_error(self) -> float:
        """By how much chance and share differ on average; 0 is perfect."""
        off = sum(abs(tenth.foretold - tenth.happened) * tenth.count for tenth in self.tenths)
        return off / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Exposure:
    """How often people of a group were asked (`asked` of `of`), and how often if one had asked blindly."""

    group: str
    asked: int
    of: int
    expected: float

    @property
    def ratio(self) -> float:
        """Times asked for each time expected; 1 where nobody of the group was eligible."""
        return self.asked / self.expected if self.expected else 1.0

    @property
    def kept(self) -> bool:
        """Whether the floor is kept, give or take the one asking that cannot be divided."""
        return self.asked + 1 > EXPOSURE_FLOOR * self.expected


@dataclass(frozen=True, slots=True)
class Report:
    """How the model does for yeses and for arrivals, and who was asked."""

    accepted: Quality
    arrived: Quality
    exposure: tuple[Exposure, ...] = ()

    def to_json(self) -> str:
        """The report to keep."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_text(self, language: Language = "zh") -> str:
        """The report for a terminal."""
        parts = []
        for heading, note, table in self.sections(language):
            parts.append("\n".join([heading, *([note] if note else []), *("\t".join(line) for line in table)]))
        return "\n\n".join(parts)

    def as_html(self, language: Language = "zh") -> str:
        """The report as one page, complete in itself."""
        sections = (
            f"<h2>{escape(heading)}</h2><p>{escape(note)}</p>{html_table(table)}"
            for heading, note, table in self.sections(language)
        )
        return PAGE.format(language=language, title=escape(WORDS[language]["title"]), sections="\n".join(sections))

    def sections(self, language: Language) -> list[tuple[str, str, list[list[str]]]]:
        """Heading, note and table (its first line names the columns) of each part."""
        words = WORDS[language]
        told = [(words["accepted"], self.accepted), (words["arrived"], self.arrived)]
        qualities = [(heading, quality_note(one, words), quality_table(one, words)) for heading, one in told]
        return [*qualities, *([exposure_section(self.exposure, words)] if self.exposure else [])]


def report(model: Model, history: Sequence[Answer], exposure: Iterable[Exposure] = ()) -> Report:
    """How the model does on a history, best one it was not learnt from (see `apart`)."""
    accepted = [(answer.row, answer.accepted) for answer in history]
    arrived = [(answer.row, answer.arrived) for answer in history if answer.accepted and answer.arrived is not None]
    return Report(quality(model.weights, accepted), quality(model.arrival_weights, arrived), tuple(exposure))


def apart(history: Sequence[Answer]) -> tuple[Sequence[Answer], Sequence[Answer]]:
    """A history in order of time, cut into what to learn from and the last fifth to check against."""
    cut = len(history) * 4 // 5
    return history[:cut], history[cut:]


def quality(weights: Row, examples: Sequence[tuple[Row, bool]]) -> Quality:
    """How well these weights foretell these examples."""
    if not examples:
        return Quality(0, 0.0, 0.0, ())
    rows, answers = arrays(examples)
    chances = chances_of(np.array(weights), rows)
    parts = [part for part in np.array_split(np.argsort(chances, kind="stable"), 10) if len(part)]
    tenths = tuple(Tenth(float(chances[part].mean()), float(answers[part].mean()), len(part)) for part in parts)
    mean = np.full(len(answers), answers.mean())
    return Quality(len(answers), log_loss(chances, answers), log_loss(mean, answers), tenths)


def log_loss(chances: NDArray[np.float64], answers: NDArray[np.float64]) -> float:
    """The mean surprise, in nats."""
    safe = np.clip(chances, 1e-9, 1 - 1e-9)
    return float(-(answers * np.log(safe) + (1 - answers) * np.log(1 - safe)).mean())


def exposures(rounds: Iterable[tuple[Collection[Worker], Collection[str]]]) -> tuple[Exposure, ...]:
    """Who was asked, over many shifts: for each, all who were eligible and the ids of those asked."""
    asked, of = Counter[str](), 0
    expected: dict[str, float] = defaultdict(float)
    for eligible, ids in rounds:
        chosen = [worker for worker in eligible if worker.id in ids]
        of += len(chosen)
        asked.update(group for worker in chosen for group in groups(worker))
        for group, count in Counter(group for worker in eligible for group in groups(worker)).items():
            expected[group] += count * len(chosen) / len(eligible)
    return tuple(Exposure(group, asked[group], of, expected[group]) for group in sorted(expected))


def groups(worker: Worker) -> list[str]:
    """The groups whose exposure is watched, or that of all others."""
    newcomer = [NEWCOMERS] if worker.registered_days < NEWCOMER_DAYS else []
    return [*newcomer, *worker.priority] or [OTHERS]


def quality_note(one: Quality, words: Mapping[str, str]) -> str:
    """One sentence on a quality."""
    if not one.count:
        return words["nothing"]
    return words["loss"].format(loss=one.log_loss, mean=one.log_loss_of_mean, error=100 * one.calibration_error)


def quality_table(one: Quality, words: Mapping[str, str]) -> list[list[str]]:
    """What was foretold and what happened, by tenths."""
    lines = [[f"{100 * t.foretold:.0f}", f"{100 * t.happened:.0f}", str(t.count)] for t in one.tenths]
    return [[words["foretold"], words["happened"], words["count"]], *lines] if lines else []


def exposure_section(exposure: Sequence[Exposure], words: Mapping[str, str]) -> tuple[str, str, list[list[str]]]:
    """Who was asked, by group."""
    lines = [
        [
            words.get(one.group, one.group),
            str(one.asked),
            f"{100 * one.asked / one.of:.1f}" if one.of else "0.0",
            f"{100 * one.expected / one.of:.1f}" if one.of else "0.0",
            "" if one.group == OTHERS else words["kept" if one.kept else "missed"],
        ]
        for one in exposure
    ]
    return words["exposure"], "", [[words[name] for name in ("group", "asked", "share", "expected", "verdict")], *lines]


def html_table(table: Sequence[Sequence[str]]) -> str:
    """The table, its first line as names of columns."""
    rows = []
    for number, line in enumerate(table):
        cell = "td" if number else "th"
        rows.append("<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in line) + "</tr>")
    return f"<table>{''.join(rows)}</table>"
