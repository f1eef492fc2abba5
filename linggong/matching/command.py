"""`linggong matching`: the engine on files, so that anybody can check it against published tables."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from linggong.lib.errors import Refusal
from linggong.matching.assignment import assign
from linggong.matching.files import FORMATS, Instance, Unreadable, pairs_for, recognised


def main(argv: Sequence[str]) -> int:
    """Runs one command; 0 if all is well, 1 if an answer is not proved, 2 if the input is refused."""
    options = parser().parse_args(argv)
    try:
        return solve(options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The arguments the command knows."""
    top = argparse.ArgumentParser(prog="linggong matching", description="精确派工引擎。The exact matching engine.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    solve = commands.add_parser(
        "solve", help="解一个指派问题文件, 并给出最优性证明。Solve an assignment file, with proof."
    )
    solve.add_argument("file", type=Path, metavar="FILE", help="指派问题文件。The file to solve.")
    solve.add_argument("--format", choices=sorted(FORMATS), help="文件格式, 不写则自动识别。Recognised if not given.")
    solve.add_argument("--maximise", action="store_true", help="求最大, 不求最小。Maximise instead of minimise.")
    return top


def solve(options: argparse.Namespace) -> int:
    """Solves a file and prints cost and certificate."""
    instance = read(options.file, options.format)
    pairs, cost_of = pairs_for(instance, maximise=options.maximise)
    certificate = assign(pairs).certificate
    if certificate.filled < instance.rows:
        print(f"no perfect matching: {certificate.filled} of {instance.rows} rows, the most there can be")
    print(f"optimal {cost_of(certificate.filled, certificate.total_fit)}")
    print(f"certificate {'ok' if certificate.ok else 'FAILS'}")
    return 0 if certificate.ok else 1


def read(path: Path, form: str | None) -> Instance:
    """The instance in a file. Raises `Unreadable`."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"打不开文件 {path}: {error}") from error
    return FORMATS[form or recognised(text)](text)
