"""The one way Python functions of this package become machine code: kept on disk, without the interpreter's lock.

Numba notices a change in the file of a compiled function, but not in what that function calls elsewhere. So the
code is kept under a digest of all sources with compiled functions, and one change leads to a fresh directory.
"""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit, types
from numba.extending import register_jitable

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compiles on first use and keeps the result, so that a fresh process finds it. Division by zero is undefined."""
    return _compiled(function, nogil=True)


def inlined(function: F) -> F:
    """The same for small functions, which become part of those that call them."""
    return _compiled(function, nogil=True, forceinline=True)


def called_often(function: F) -> F:
    """The same for what takes a few microseconds: it keeps the interpreter's lock, as giving it back takes time too."""
    return _compiled(function)


@cache
def direct(function: Callable[..., int], count: int) -> Callable[..., int]:
    """A compiled function for so many integers, called without being asked which version suits what it is given: that
    takes a quarter of a microsecond."""
    versions, kinds = cast(Any, function), (types.int64,) * count
    versions.compile(kinds)
    return cast(Callable[..., int], versions.overloads[kinds].entry_point)


def _compiled(function: F, *, nogil: bool = False, forceinline: bool = False) -> F:
    others = vars(config)["CACHE_DIR"]
    vars(config)["CACHE_DIR"] = str(directory(others))
    try:
        return cast(F, njit(cache=True, error_model="numpy", nogil=nogil, forceinline=forceinline)(function))
    finally:
        vars(config)["CACHE_DIR"] = others


def also_compiled(*functions: Callable[..., object]) -> None:
    """Lets compiled functions call these plain ones, which stay plain Python for everybody else."""
    for function in functions:
        register_jitable(function)


@cache
def directory(chosen: str) -> Path:
    """Where this version's machine code is kept: where the user chose (NUMBA_CACHE_DIR), else beside the sources if
    one may write there, else with the user."""
    package = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(package.glob("*.py")):
        text = source.read_bytes()
        if b"import compiled" in text or b"matching.compiled import" in text or source.name == "measure.py":
            digest.update(text)
    beside = package if os.access(package, os.W_OK) else Path.home() / ".cache" / "linggong"
    return Path(chosen or beside / "__pycache__") / f"compiled-{digest.hexdigest()}"
