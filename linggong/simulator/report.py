"""The simulator's figures as a table for the terminal and as one HTML page with plots."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import accumulate
from math import isfinite
from statistics import fmean

from linggong.simulator.outcome import Outcome

Figure = Callable[[Outcome], float]
Outcomes = Mapping[str, Sequence[Outcome]]
Points = Sequence[tuple[float, float]]

FIGURES: Mapping[str, tuple[str, str, Figure]] = {
    "worked": ("places filled (somebody came), %", ".0f", lambda one: 100 * one.worked),
    "agreed": ("places agreed, %", ".0f", lambda one: 100 * one.agreed),
    "kept": ("of the agreed came, %", ".0f", lambda one: 100 * one.kept),
    "full": ("shifts that became full, %", ".0f", lambda one: 100 * len(one.full_after) / max(one.posts, 1)),
    "minutes_to_full": ("minutes from post to full, median of all shifts", ".0f", lambda one: one.minutes_to_full),
    "where_full": ("the same, of those that became full", ".0f", lambda one: one.minutes_to_full_where_full),
    "arrival": ("minutes from post to possible arrival, median", ".0f", lambda one: one.minutes_to_arrival),
    "disturbed": ("people asked for each place filled", ".1f", lambda one: one.disturbed_per_place),
    "kilometres": ("way to work, km", ".1f", lambda one: one.kilometres),
    "income": ("income a day of everybody registered, yuan", ".1f", lambda one: one.income),
    "gini": ("inequality of income (Gini)", ".2f", lambda one: one.gini),
    "priority": ("placements of priority groups a day", ".1f", lambda one: one.priority),
}
"""Each figure's name, format and where it comes from."""

FIELD = (
    ("of the agreed came, %", "79", "云州区: 305 first intentions, 240 final"),
    ("places filled, % (list by filter)", "24 – 31", "左云: 600+ posts, 144 placed; a community: 130 posts, 40 placed"),
)
"""What is known from the field, to hold the list by filter against."""

COLOURS = ("#7f7f7f", "#b8860b", "#8c564b", "#2a6f97", "#c0392b")
DASHES = ("2 3", "6 3", "10 4", "12 3 2 3", "none")
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 300, 44, 34
LONGEST_WAIT = 240
WAITING = "Places agreed by minutes after the posting, %"
INCOME = "Share of income earned by the lower part of the registered, %"

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>linggong simulate</title>
<style>
body {{ font: 16px/1.4 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
h2 {{ font-size: 1rem; margin: 1.6rem 0 .3rem }}
table {{ width: 100%; border-collapse: collapse }} td {{ padding: .1rem .3rem }}
.bars td:first-child {{ width: 8rem }} .bars td:last-child {{ width: 4rem; text-align: right }}
svg.plot {{ width: 100%; height: auto }}
rect {{ fill: #2a6f97 }}
</style>
<h1>Ways of filling places, side by side</h1><p>{intro}</p>
<h2>{waiting_title}</h2>{waiting}
<h2>{income_title}</h2>{income}
{charts}
<h2>Held against the field</h2><table>{field}</table>
</html>
"""


def means(outcomes: Outcomes) -> dict[str, dict[str, float]]:
    """The mean of each figure by policy, over all counties."""
    return {
        policy: {code: mean([figure(one) for one in runs]) for code, (_, _, figure) in FIGURES.items()}
        for policy, runs in outcomes.items()
    }


def mean(values: Sequence[float]) -> float:
    """The mean of those values that are numbers; infinite if one of them is (a median shift that never became full)."""
    known = [value for value in values if value == value]
    return fmean(known) if known else float("nan")


def shown(value: float, form: str) -> str:
    """A figure in its format; never for what did not happen."""
    return format(value, form) if isfinite(value) else "never" if value == value else "–"


def as_text(table: Mapping[str, Mapping[str, float]]) -> str:
    """The table for a terminal: a line for each figure, a column for each policy."""
    width = max(len(name) for name, _, _ in FIGURES.values())
    lines = [" " * width + "".join(f"{policy:>16}" for policy in table)]
    for code, (name, form, _) in FIGURES.items():
        lines.append(f"{name:{width}}" + "".join(f"{shown(figures[code], form):>16}" for figures in table.values()))
    return "\n".join(lines)


def as_page(outcomes: Outcomes, intro: str) -> str:
    """One HTML page, complete in itself."""
    table = means(outcomes)
    return PAGE.format(
        intro=escape(intro),
        waiting=waiting_plot(outcomes),
        waiting_title=escape(WAITING),
        income=income_plot(outcomes),
        income_title=escape(INCOME),
        charts="\n".join(chart(code, table) for code in FIGURES),
        field="".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in FIELD),
    )


def waiting_plot(outcomes: Outcomes) -> str:
    """Places agreed by minutes after the posting, as SVG."""
    return plot(WAITING, {name: waiting(runs) for name, runs in outcomes.items()}, LONGEST_WAIT, "minutes")


def income_plot(outcomes: Outcomes) -> str:
    """Lorenz curves of income, as SVG."""
    return plot(INCOME, {name: lorenz(runs) for name, runs in outcomes.items()}, 100, "% of the registered")


def waiting(runs: Sequence[Outcome]) -> Points:
    """The share of places agreed (%) by minutes after the posting."""
    places = sum(run.places for run in runs) or 1
    waits = sorted(one.agreed_after for run in runs for one in run.taken if not one.late)
    points = [(wait, 100 * number / places) for number, wait in enumerate(waits, 1) if wait <= LONGEST_WAIT]
    return [(0.0, 0.0), *points, (LONGEST_WAIT, points[-1][1] if points else 0.0)]


def lorenz(runs: Sequence[Outcome]) -> Points:
    """The share of income (%) earned by the lower part (%) of the registered, of the first county."""
    incomes = runs[0].incomes if runs else []
    total = sum(incomes) or 1
    sums = accumulate(incomes)
    return [(0.0, 0.0), *((100 * n / len(incomes), 100 * part / total) for n, part in enumerate(sums, 1))]


def plot(title: str, curves: Mapping[str, Points], right: float, unit: str) -> str:
    """Curves over 0 to `right`, 0 to 100 % upwards, with a legend."""
    wide, high = WIDTH - LEFT - 130, HEIGHT - BOTTOM - 10

    def x(value: float) -> float:
        return LEFT + wide * value / right

    def y(value: float) -> float:
        return 10 + high * (1 - value / 100)

    parts = [f'<line x1="{x(0)}" x2="{x(right)}" y1="{y(v)}" y2="{y(v)}" stroke="#ddd"/>' for v in range(0, 101, 25)]
    parts += [f'<text x="{LEFT - 6}" y="{y(v) + 4}" text-anchor="end">{v}</text>' for v in range(0, 101, 25)]
    ticks = [right * step / 4 for step in range(5)]
    parts += [f'<text x="{x(v)}" y="{HEIGHT - 16}" text-anchor="middle">{v:.0f}</text>' for v in ticks]
    parts.append(f'<text x="{x(right / 2)}" y="{HEIGHT - 2}" text-anchor="middle">{escape(unit)}</text>')
    for number, (name, points) in enumerate(curves.items()):
        line = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in points)
        style = f'stroke="{COLOURS[number % 5]}" stroke-dasharray="{DASHES[number % 5]}" stroke-width="2" fill="none"'
        parts.append(f'<polyline points="{line}" {style}/>')
        at = 24 + 20 * number
        parts.append(f'<line x1="{WIDTH - 122}" x2="{WIDTH - 94}" y1="{at}" y2="{at}" {style}/>')
        parts.append(f'<text x="{WIDTH - 88}" y="{at + 4}">{escape(name)}</text>')
    box = f'class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def chart(code: str, table: Mapping[str, Mapping[str, float]]) -> str:
    """One figure's bars."""
    name, form, _ = FIGURES[code]
    longest = max((figures[code] for figures in table.values() if isfinite(figures[code])), default=0)
    rows = (bar(policy, figures[code], longest, form) for policy, figures in table.items())
    return f'<h2>{escape(name)}</h2><table class="bars">{"".join(rows)}</table>'


def bar(policy: str, value: float, longest: float, form: str) -> str:
    """One policy's bar."""
    width = 100 * value / longest if longest and isfinite(value) else 0
    drawn = (
        f'<svg width="100%" height="16" role="img" aria-hidden="true"><rect width="{width:.1f}%" height="16"/></svg>'
    )
    return f"<tr><td>{escape(policy)}</td><td>{drawn}</td><td>{shown(value, form)}</td></tr>"
