"""A day as a file: a zip with one member for each county, named by its code, such as `140481.jsonl.gz`.

A member is gzipped text with a JSON object on each line, `{"worker": {...}}` or `{"shift": {...}}`, whose fields are
those of `model`; what has its usual value may be left out. Days and moments are written as in ISO 8601, moments with
their offset. Members stay packed until the shard that owns the county reads them.
"""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from functools import partial
from typing import Any

from linggong.matching.files import Unreadable
from linggong.matching.model import Busy, Certificates, Shift, Worker

SUFFIX = ".jsonl.gz"
QUICK = 1
"""The level of gzip: about as small as the best, in a fifth of the time."""

Members = dict[str, bytes]
"""Packed counties by code."""

People = tuple[list[Worker], list[Shift]]


def moment(text: str) -> datetime:
    """An aware moment. Raises `ValueError` for one without an offset."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text} has no offset from UTC")
    return read


def certificates(given: Any) -> Certificates:
    """A list of those held for good, or an object of last valid days."""
    if isinstance(given, dict):
        return {name: None if day is None else date.fromisoformat(day) for name, day in given.items()}
    return frozenset(given)


def busy(given: Any) -> tuple[Busy, ...]:
    """Times taken, each a list of from, to and perhaps latitude and longitude."""
    return tuple((moment(one[0]), moment(one[1]), *map(float, one[2:])) for one in given)  # type: ignore[misc]


def optional(read: Callable[[Any], Any], given: Any) -> Any:
    return None if given is None else read(given)


READ: Mapping[object, Callable[[Any], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    date: date.fromisoformat,
    datetime: moment,
    int | None: partial(optional, int),
    str | None: partial(optional, str),
    frozenset[str]: frozenset,
    frozenset[int]: frozenset,
    Mapping[str, int]: dict,
    Certificates: certificates,
    tuple[Busy, ...]: busy,
}
"""How a field of each type is read from JSON."""

KINDS: Mapping[str, tuple[type, Mapping[str, Callable[[Any], Any]]]] = {
    name: (kind, {field.name: READ[field.type] for field in fields(kind)})
    for name, kind in (("worker", Worker), ("shift", Shift))
}


def packed(workers: Iterable[Worker], shifts: Iterable[Shift]) -> bytes:
    """A county as a member of a day file."""
    lines = [*(line("worker", one) for one in workers), *(line("shift", one) for one in shifts)]
    return gzip.compress("\n".join(lines).encode(), compresslevel=QUICK, mtime=0)


def line(kind: str, one: Worker | Shift) -> str:
    """A worker or a shift as one line, without what has its usual value."""
    given = {field.name: getattr(one, field.name) for field in fields(one)}
    said = {field.name: given[field.name] for field in fields(one) if given[field.name] != usual(field)}
    return json.dumps({kind: said}, default=plain, ensure_ascii=False, separators=(",", ":"))


def usual(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else MISSING


def plain(value: Any) -> Any:
    """What JSON has no form for, as text or a list."""
    return sorted(value) if isinstance(value, frozenset) else value.isoformat()


def unpacked(name: str, member: bytes) -> People:
    """The workers and shifts of a county. Raises `Unreadable`, with the line."""
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    try:
        lines = gzip.decompress(member).splitlines()
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{name}{SUFFIX} 不是完整的 gzip 文件: {error}") from error
    for number, text in enumerate(lines, 1):
        try:
            ((kind, given),) = json.loads(text).items()
            make, read = KINDS[kind]
            found[kind].append(make(**{field: read[field](value) for field, value in given.items()}))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Unreadable(f"{name}{SUFFIX} 第 {number} 行看不懂: {error}") from error
    return found["worker"], found["shift"]


def zipped(members: Members) -> bytes:
    """A day file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, member in members.items():
            archive.writestr(name + SUFFIX, member)
    return file.getvalue()


def members_of(file: bytes) -> Members:
    """The packed counties of a day file. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            names = [name for name in archive.namelist() if name.endswith(SUFFIX)]
            members = {name.removesuffix(SUFFIX): archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        raise Unreadable(f"不是日文件 (zip): {error}") from error
    if not members:
        raise Unreadable(f"日文件里没有 *{SUFFIX}, 每个县应当有一个。")
    return members


def grouped(members: Members, groups: int) -> list[Members]:
    """The counties in so many groups of about equal size, or in as many as there are counties.

    Codes are taken in order: those of a prefecture (GB/T 2260) lie together, so borders stay short.
    """
    names, total, done = sorted(members), sum(map(len, members.values())), 0
    parts: list[Members] = [{} for _ in range(min(groups, len(names)))]
    for at, name in enumerate(names):
        middle = (done + len(members[name]) / 2) * len(parts) / max(total, 1)
        done += len(members[name])
        parts[max(min(int(middle), at), len(parts) - len(names) + at)][name] = members[name]
    return parts
