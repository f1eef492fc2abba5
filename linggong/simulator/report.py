"""The simulator's figures as a table for the terminal and as one HTML page with bars."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from statistics import fmean

from linggong.simulator.day import Outcome

Figure = Callable[[Outcome], float]

FIGURES: Mapping[str, tuple[str, str, Figure]] = {
    "filled": ("places filled, %", ".0f", lambda one: 100 * one.filled),
    "minutes_to_full": ("minutes from post to full, median", ".0f", lambda one: one.minutes_to_full),
    "full": ("shifts that became full", ".1f", lambda one: len(one.filled_at)),
    "arrived": ("people who arrived", ".1f", lambda one: one.arrived),
    "disturbed": ("people asked for each place filled", ".1f", lambda one: one.disturbed_per_place),
    "kilometres": ("way to work, km", ".1f", lambda one: one.kilometres),
    "priority": ("placements of priority groups", ".1f", lambda one: one.priority),
    "gini": ("inequality of the day's income (Gini)", ".2f", lambda one: one.gini),
}
"""Each figure's name, format and where it comes from."""

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>linggong simulate</title>
<style>
body {{ font: 16px/1.4 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #222 }}
h2 {{ font-size: 1rem; margin: 1.6rem 0 .3rem }}
table {{ width: 100%; border-collapse: collapse }}
td:first-child {{ width: 8rem }} td:last-child {{ width: 4rem; text-align: right }}
rect {{ fill: #2a6f97 }}
</style>
<h1>Ways of filling places, side by side</h1><p>{intro}</p>
{charts}
</html>
"""


def means(outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, dict[str, float]]:
    """The mean of each figure by policy, over all mornings."""
    return {
        policy: {code: mean([figure(one) for one in mornings]) for code, (_, _, figure) in FIGURES.items()}
        for policy, mornings in outcomes.items()
    }


def mean(values: Sequence[float]) -> float:
    """The mean of those values that are numbers; a morning on which no shift became full has no time to full."""
    known = [value for value in values if value == value]
    return fmean(known) if known else float("nan")


def as_text(table: Mapping[str, Mapping[str, float]]) -> str:
    """The table for a terminal: a line for each figure, a column for each policy."""
    width = max(len(name) for name, _, _ in FIGURES.values())
    lines = [" " * width + "".join(f"{policy:>16}" for policy in table)]
    for code, (name, form, _) in FIGURES.items():
        lines.append(f"{name:{width}}" + "".join(f"{figures[code]:>16{form}}" for figures in table.values()))
    return "\n".join(lines)


def as_page(table: Mapping[str, Mapping[str, float]], intro: str) -> str:
    """One HTML page, complete in itself."""
    return PAGE.format(intro=escape(intro), charts="\n".join(chart(code, table) for code in FIGURES))


def chart(code: str, table: Mapping[str, Mapping[str, float]]) -> str:
    """One figure's bars."""
    name, form, _ = FIGURES[code]
    longest = max((figures[code] for figures in table.values() if figures[code] == figures[code]), default=0)
    rows = (bar(policy, figures[code], longest, form) for policy, figures in table.items())
    return f"<h2>{escape(name)}</h2><table>{''.join(rows)}</table>"


def bar(policy: str, value: float, longest: float, form: str) -> str:
    """One policy's bar."""
    width = 100 * value / longest if longest and value == value else 0
    drawn = (
        f'<svg width="100%" height="16" role="img" aria-hidden="true"><rect width="{width:.1f}%" height="16"/></svg>'
    )
    return f"<tr><td>{escape(policy)}</td><td>{drawn}</td><td>{value:{form}}</td></tr>"
