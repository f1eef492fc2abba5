"""`linggong ...`: the one entry point. Commands are imported only when asked for, so that each starts fast."""

import importlib
import sys

COMMANDS = {
    "serve": ("linggong.commands.serve", "run the program: database, web, background work"),
    "migrate": ("linggong.commands.migrate", "bring the database's tables and policies up to date"),
    "divisions": ("linggong.commands.divisions", "load the divisions of a province"),
    "site": ("linggong.commands.site", "add a market, a station or a riders' home"),
    "demo": ("linggong.commands.demo", "make the demo county; `demo tick` lets its day go on"),
    "account": ("linggong.commands.account", "make a login for a member of staff"),
    "import": ("linggong.commands.roster", "import a roster of workers from Excel or CSV"),
    "work": ("linggong.commands.work", "do the background work: waves, alerts, messages, imports"),
    "gateway": ("linggong.commands.gateway", "a simulated SMS gateway with an inbox to read in the browser"),
    "intake": ("linggong.commands.intake", "read recruiting messages; `intake examples`: what clerks corrected"),
    "matching": ("linggong.commands.matching", "the matching engine: solve files, learn, plan, replay"),
    "simulate": ("linggong.simulator.command", "a county's days under several policies, side by side"),
    "manage": ("linggong.commands.manage", "Django's own commands"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_help())
        return 0
    if arguments[0] not in COMMANDS:
        print(f"linggong: there is no command {arguments[0]!r}\n\n{_help()}", file=sys.stderr)
        return 2
    command = importlib.import_module(COMMANDS[arguments[0]][0])
    return int(command.main(arguments[1:]) or 0)


def _help() -> str:
    lines = ["usage: linggong COMMAND [--help]", ""]
    return "\n".join(lines + [f"  {name:10} {what}" for name, (_, what) in COMMANDS.items()])
