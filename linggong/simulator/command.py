"""`linggong simulate`: several ways of filling places in the same counties, with a report."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from linggong.simulator.county import county
from linggong.simulator.market import simulate
from linggong.simulator.policies import POLICIES
from linggong.simulator.report import as_page, as_text, means


def main(argv: Sequence[str]) -> int:
    """Simulates and prints the figures; 2 if the report cannot be written."""
    options = parser().parse_args(argv)
    counties = [county(options.workers, options.shifts, options.days, seed) for seed in range(options.counties)]
    outcomes = {name: [simulate(one, policy()) for one in counties] for name, policy in POLICIES.items()}
    print(as_text(means(outcomes)))
    if options.report:
        intro = (
            f"{options.counties} invented counties, {options.days} days, {options.workers} registered workers, "
            f"{options.shifts} shifts posted a day; the same people and postings under every policy."
        )
        try:
            options.report.write_text(as_page(outcomes, intro), encoding="utf-8")
        except OSError as error:
            print(f"写不了报告 {options.report}: {error.strerror}", file=sys.stderr)
            return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments the command knows."""
    top = argparse.ArgumentParser(
        prog="linggong simulate",
        description="同一个县的日子, 几种派工办法并排比较。Ways of filling places, side by side.",
    )
    top.add_argument("--workers", type=natural, default=600, help="登记人数 (600)。Registered workers.")
    top.add_argument("--shifts", type=natural, default=40, help="每天班次数 (40)。Shifts posted a day.")
    top.add_argument("--days", type=natural, default=5, help="天数 (5)。Days.")
    top.add_argument("--counties", type=natural, default=2, help="几个县 (2)。Invented counties.")
    top.add_argument("--report", type=Path, metavar="FILE", help="写一页 HTML 报告。Write a report as one HTML page.")
    return top


def natural(text: str) -> int:
    """A whole number from 1 to 100,000."""
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("1 – 100000")
    return number
