"""`linggong matching run`: a whole day, on this machine or on a Ray cluster, with the proof and the time it took."""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

from linggong.matching.cluster.day import Members, members_of, zipped
from linggong.matching.cluster.here import Here
from linggong.matching.cluster.province import province
from linggong.matching.cluster.remote import Remote
from linggong.matching.cluster.run import named, plan_country
from linggong.matching.files import Unreadable

HERE = "none"


def add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its arguments."""
    run = commands.add_parser(
        "run", help="一台机器或 Ray 集群上派一天的工。Plan a whole day, on one machine or on a Ray cluster."
    )
    run.add_argument(
        "--cluster", default=HERE, metavar="ADDRESS",
        help="集群地址 host:port 或 auto; none 为本机 (none)。The cluster's address; none is this machine.",
    )  # fmt: skip
    day = run.add_mutually_exclusive_group()
    day.add_argument("--days", type=Path, metavar="FILE", help="日文件, 见 docs/matching.md。The day file.")
    day.add_argument(
        "--province", type=size, default=(30_000, 3_000), metavar="WORKERSxSHIFTS",
        help="没有日文件时, 虚构一个省 (30000x3000)。An invented province instead.",
    )  # fmt: skip
    run.add_argument(
        "--shards", type=natural, metavar="N", help="分成几片, 不写则每个节点一片。One a node if not given."
    )
    run.add_argument("--plan", type=Path, metavar="FILE", help="把谁去哪里写成 CSV。Write who goes where.")
    run.add_argument("--save", type=Path, metavar="FILE", help="把这一天写成日文件。Write the day as a day file.")
    run.set_defaults(run=run_day)


def natural(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("1, 2, 3 …")
    return int(text)


def size(text: str) -> tuple[int, int]:
    """Workers and shifts, as in 30000x3000."""
    workers, _, shifts = text.partition("x")
    return natural(workers), natural(shifts)


def run_day(options: argparse.Namespace) -> int:
    """Plans the day; prints the places filled, the total fit, the proof, and the time of each phase."""
    members = read(options.days) if options.days else province(*options.province)
    if options.save:
        write(options.save, zipped(members))
    if options.cluster == HERE:
        return plan_with(Here(members, options.shards or 1), options.plan)
    began = perf_counter()
    crew = Remote(options.cluster, members, options.shards)
    print(f"start {perf_counter() - began:.2f} s", flush=True)
    try:
        return plan_with(crew, options.plan)
    finally:
        crew.close()


def plan_with(crew: Here | Remote, target: Path | None) -> int:
    """Plans with the shards there are."""
    print(f"shards {crew.size}")
    with timed("all", crew):
        country, plan = plan_country(crew, lambda name: timed(name, crew))
    print(f"places filled {plan.certificate.filled}")
    print(f"total fit {plan.certificate.total_fit}")
    print(f"certificate {'ok' if plan.certificate.ok else 'FAILS'}")
    if target:
        write(target, table(named(crew, country, plan)))
    return 0 if plan.certificate.ok else 1


@contextmanager
def timed(phase: str, crew: Here | Remote) -> Iterator[None]:
    """Prints how long the block took, and how much of it a processor was at work, here or in the busiest shard."""
    began, worked = perf_counter(), process_time() + crew.spent
    yield
    worked = process_time() + crew.spent - worked
    print(f"{phase} {perf_counter() - began:.2f} s, processor {worked:.2f} s", flush=True)


def read(path: Path) -> Members:
    """The packed counties of a day file. Raises `Unreadable`."""
    try:
        return members_of(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"打不开文件 {path}: {error.strerror}") from error


def write(path: Path, content: bytes) -> None:
    """Writes a file. Raises `Unreadable`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Unreadable(f"写不了文件 {path}: {error.strerror}") from error


def table(placements: Iterable[tuple[str, str]]) -> bytes:
    """Who goes where, as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([("worker", "shift"), *placements])
    return text.getvalue().encode()
