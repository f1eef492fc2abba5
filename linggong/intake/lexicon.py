"""The words and patterns of the package, read once from `data/`; the one place where a newcomer adds any."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("linggong.intake") / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>.csv` below its heading; lines that begin with # are remarks."""
    lines = (_DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("# ")]
    return tuple(tuple(row) for row in csv.reader(kept[1:]))


@cache
def pairs(name: str) -> dict[str, str]:
    """The first column of `data/<name>.csv` to its second."""
    return {row[0]: row[1] for row in rows(name)}
