"""The one way Python functions of this package become machine code: kept on disk, without the interpreter's lock."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compiles on first use and keeps the result, so that a fresh process finds it. Division by zero is undefined."""
    return cast(F, njit(cache=True, nogil=True, error_model="numpy")(function))
