"""`linggong intake read [FILE]`: JSON lines in, JSON lines out, in order."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from linggong.intake.reader import read


def main(argv: list[str]) -> int:
    """Runs the command; returns the exit status (0 also where some lines could not be read)."""
    options = _parser().parse_args(argv)
    with nullcontext(sys.stdin) if options.file == "-" else Path(options.file).open(encoding="utf-8") as lines:
        for answer in read_lines(lines):
            print(json.dumps(answer, ensure_ascii=False))
    return 0


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One object for each line that is not blank: the reading, or an error for that id."""
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: str) -> dict[str, Any]:
    identity: Any = None
    try:
        message = json.loads(line)
        identity = message.get("id") if isinstance(message, dict) else None
        reading = read(message["text"], datetime.fromisoformat(message["posted_at"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}
    return {"id": identity, **reading.as_schema()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="linggong intake", description="Reads recruiting messages into jobs.")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    reading = actions.add_parser("read", help="JSON lines with id, posted_at, text in; readings out, in order")
    reading.add_argument("file", nargs="?", default="-", metavar="FILE", help="default: standard input")
    return parser
