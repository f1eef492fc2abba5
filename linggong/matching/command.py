"""`linggong matching`: the engine on files, so that anybody can check it against published tables."""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from linggong.lib.errors import Refusal
from linggong.matching.assignment import assign, repair
from linggong.matching.cluster.command import add_run
from linggong.matching.files import FORMATS, Instance, Unreadable, pairs_for, recognised
from linggong.matching.index import WorkerIndex
from linggong.matching.pairs import Pairs, pairs_of
from linggong.matching.planning import plan_day
from linggong.matching.several import schedule
from linggong.matching.warming import SHIFT, WORKER, warm_shifts, warm_workers


def main(argv: Sequence[str]) -> int:
    """Runs one command; 0 if all is well, 1 if an answer is not proved, 2 if the input is refused."""
    options = parser().parse_args(argv)
    try:
        return int(options.run(options))
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
    solve.set_defaults(run=solve_file)
    warm = commands.add_parser("warm", help="预先编译, 以后启动就快。Compile ahead for quick starts.")
    warm.set_defaults(run=compile_all)
    add_run(commands)
    return top


def solve_file(options: argparse.Namespace) -> int:
    """Solves a file and prints cost and certificate."""
    instance = read(options.file, options.format)
    pairs, cost_of = pairs_for(instance, maximise=options.maximise)
    certificate = assign(pairs).certificate
    if certificate.filled < instance.rows:
        print(f"no perfect matching: {certificate.filled} of {instance.rows} rows, the most there can be")
    print(f"optimal {cost_of(certificate.filled, certificate.total_fit)}")
    print(f"certificate {'ok' if certificate.ok else 'FAILS'}")
    return 0 if certificate.ok else 1


def compile_all(_: argparse.Namespace) -> int:
    """Uses everything once on the smallest market there is, so that its machine code is kept."""
    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 3)) as pool:
        for part in [pool.submit(warm) for warm in (warm_workers, warm_shifts, warm_plans)]:
            part.result()
    return 0


def warm_plans() -> None:
    """Plans a day, repairs the plan and fills several shifts."""
    index = WorkerIndex()
    index.put(WORKER)
    plan_day(index, [SHIFT])
    plan = assign(pairs := one_pair())
    repair(pairs, plan, np.zeros(1, np.int32), np.zeros(1, np.int32))
    schedule(pairs, np.zeros(1, np.int64), np.ones(1, np.int64), 0)


def one_pair() -> Pairs:
    """A market of one worker and one shift."""
    nought = np.zeros(1, np.int32)
    return pairs_of(1, nought, nought, nought, np.ones(1, np.int64))


def read(path: Path, form: str | None) -> Instance:
    """The instance in a file. Raises `Unreadable`."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"打不开文件 {path}: {error}") from error
    return FORMATS[form or recognised(text)](text)
