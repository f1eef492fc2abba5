"""`linggong import`: a roster of workers from Excel or CSV, with progress; what is refused goes into a sheet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from linggong.commands.ready import program, told
from linggong.lib.errors import Refusal

if TYPE_CHECKING:
    from linggong.foundation.viewer import Viewer
    from linggong.workers.models import RosterImport


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="linggong import", description=__doc__)
    parser.add_argument("file", type=Path, help="an xlsx, xls, ods or csv file; the first sheet counts")
    parser.add_argument("--division", required=True, help="code of the division whose people these are, e.g. 140403")
    parser.add_argument("--merge", action="store_true", help="complete people who are registered already")
    parser.add_argument(
        "--mapping",
        metavar="FIELD=HEAD,...",
        default="",
        help="which column holds what, where the guess is wrong, e.g. name=姓名,identity_number=证件",
    )
    parser.add_argument("--errors", type=Path, help="where the refused rows go (FILE-refused.xlsx)")
    options = parser.parse_args(argv)
    with told(), program():
        return _import(options)


def _import(options: argparse.Namespace) -> int:
    from linggong.foundation.scope import within
    from linggong.foundation.viewer import system
    from linggong.workers import roster

    by = system("linggong import", options.division)
    opened = _opened(options.file, by)
    named = _mapping(options.mapping, opened.columns)
    mapping = {field: column for field, column in opened.mapping.items() if column not in named.values()} | named
    print("columns: " + ", ".join(f"{field}={opened.columns[column]}" for field, column in sorted(mapping.items())))
    roster.set_mapping(roster=opened, mapping=mapping, merge_duplicates=options.merge, by=by)
    with within(by):
        total = roster.progress(opened).total
    while left := roster.run_batch(roster_id=opened.id):
        print(f"{total - left} of {total} rows", flush=True)
    _tell(opened, options.errors or options.file.with_name(f"{options.file.stem}-refused.xlsx"), by)
    return 0


def _opened(path: Path, by: "Viewer") -> "RosterImport":
    from linggong.workers import roster

    try:
        with path.open("rb") as file:
            return roster.open_roster(file=file, filename=path.name, by=by, division=by.division or "")
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}") from error


def _mapping(typed: str, heads: list[str]) -> dict[str, int]:
    """Field to column out of 'name=姓名,telephone=电话'."""
    from linggong.workers.columns import WORDS

    chosen: dict[str, int] = {}
    for pair in filter(None, typed.split(",")):
        field, _, head = (part.strip() for part in pair.partition("="))
        if field not in WORDS:
            raise Refusal(f"there is no field {field!r}; there are {', '.join(WORDS)}")
        if head not in heads:
            raise Refusal(f"there is no column {head!r} in the file; there are {', '.join(filter(None, heads))}")
        chosen[field] = heads.index(head)
    return chosen


def _tell(opened: "RosterImport", errors: Path, by: "Viewer") -> None:
    from linggong.foundation.scope import within
    from linggong.workers import roster

    with within(by):
        told = roster.progress(opened)
    print(f"{told.total} rows: {told.added} added, {told.merged} merged, {told.known} known, {told.refused} refused")
    if told.refused:
        errors.write_bytes(roster.errors_sheet(opened, by))
        print(f"the refused rows, each with its reason: {errors}")
