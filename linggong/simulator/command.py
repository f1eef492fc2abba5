"""`linggong simulate`: several ways of filling places on the same mornings, with a report."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from linggong.simulator.county import morning
from linggong.simulator.day import simulate
from linggong.simulator.policies import POLICIES
from linggong.simulator.report import as_page, as_text, means


def main(argv: Sequence[str]) -> int:
    """Simulates and prints the figures; 2 if the report cannot be written."""
    options = parser().parse_args(argv)
    outcomes = {
        name: [simulate(morning(options.workers, options.shifts, seed), policy, seed) for seed in range(options.days)]
        for name, policy in POLICIES.items()
    }
    table = means(outcomes)
    print(as_text(table))
    if options.report:
        intro = f"{options.days} mornings, {options.workers} workers, {options.shifts} shifts each; the same for all."
        try:
            options.report.write_text(as_page(table, intro), encoding="utf-8")
        except OSError as error:
            print(f"写不了报告 {options.report}: {error.strerror}", file=sys.stderr)
            return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments the command knows."""
    top = argparse.ArgumentParser(
        prog="linggong simulate", description="同样的早晨, 几种派工办法并排比较。Ways of filling places, side by side."
    )
    top.add_argument("--workers", type=natural, default=600, help="找活的人数 (600)。Workers each morning.")
    top.add_argument("--shifts", type=natural, default=60, help="班次数 (60)。Shifts each morning.")
    top.add_argument("--days", type=natural, default=3, help="早晨数 (3)。Mornings.")
    top.add_argument("--report", type=Path, metavar="FILE", help="写一页 HTML 报告。Write a report as one HTML page.")
    return top


def natural(text: str) -> int:
    """A whole number from 1 to 100,000."""
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("1 – 100000")
    return number
