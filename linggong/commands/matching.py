"""`linggong matching`: what the engine does in the product; everything else goes to the engine's own command."""

import argparse
from collections.abc import Callable
from uuid import UUID

from linggong.commands.ready import program, told
from linggong.matching import command as engine


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        if not argv or argv[0] in ("-h", "--help"):
            print(_help())
        return engine.main(argv)
    options = _options(argv[0]).parse_args(argv[1:])
    with told(), program():
        return COMMANDS[argv[0]][1](options)


def _help() -> str:
    lines = [f"  {name:10} {what}" for name, (what, _) in COMMANDS.items()]
    return "\n".join(["在市场的数据上。On the market's own data:", *lines, ""])


def _options(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"linggong matching {name}", description=COMMANDS[name][0])
    if name == "replay":
        parser.add_argument("plan", type=UUID, metavar="PLAN", help="计划的编号。The plan's id.")
    elif name != "load":
        parser.add_argument("--division", required=True, metavar="CODE", help="区划代码。The division's code.")
    if name == "weights":
        parser.add_argument("points", nargs="*", metavar="TERM=POINTS", help="distance=300")
        parser.add_argument("--reason", default="", help="为什么改。Why they change.")
    return parser


def _refit(options: argparse.Namespace) -> int:
    from linggong.dispatch.operations import refit
    from linggong.foundation.viewer import system

    kept, report = refit(division=options.division, by=system("refit"))
    print(f"{kept.version}\n\n{report.as_text()}")
    return 0


def _plan(options: argparse.Namespace) -> int:
    from linggong.dispatch import planned

    made = planned.plan(options.division) or planned.latest(options.division)
    if made is not None:
        print(f"{made.id}  {made.filled}/{made.places}  {made.weights_version}  {'ok' if made.proved else 'FAILS'}")
    return 0 if made is None or made.proved else 1


def _replay(options: argparse.Namespace) -> int:
    from linggong.dispatch import planned

    kept, same = planned.replay(options.plan)
    print(f"{kept.id}  {kept.filled}/{kept.places}  {'the same answer' if same else 'ANOTHER ANSWER'}")
    return 0 if same else 1


def _weights(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from linggong.dispatch import weights
    from linggong.foundation.viewer import system

    points = dict(part.split("=", 1) for part in options.points if "=" in part)
    if points:
        numbers = {name: int(value) if value.isdecimal() else -1 for name, value in points.items()}
        weights.set_weights(division=options.division, points=numbers, reason=options.reason, by=system("command"))
    for name, value in asdict(weights.weights_of(options.division)).items():
        print(f"{name:16} {value}")
    return 0


def _load(options: argparse.Namespace) -> int:
    import time

    from linggong.dispatch.market import market

    started = time.monotonic()
    market.warm()
    print(f"{market.ask(len)} workers, {market.ask_shifts(len)} shifts, {time.monotonic() - started:.1f} s")
    return 0


COMMANDS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "refit": ("学习接单和到岗的可能性。Learn the chances of a yes and of an arrival, with a report.", _refit),
    "plan": ("排出最近的计划。Plan the hours ahead.", _plan),
    "replay": ("重算一个存下的计划。Reckon a stored plan again.", _replay),
    "weights": ("查看或修改权重。Show or set a division's weights.", _weights),
    "load": ("把市场读进内存，看要多久。Load the market and say how long it takes.", _load),
}
