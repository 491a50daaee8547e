"""编译: how numeric code becomes machine code, compiled once and kept.

A compiled cache only notices changes of the file its function comes from: functions that weave each other in, or call
each other compiled, must live in one file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile to machine code, kept on disk beside this file, else in the user's cache folder, else in memory only."""
    try:
        return cast("Function", numba.njit(cache=True)(function))
    except RuntimeError:  # neither folder can be written: compile anew in each process
        return cast("Function", numba.njit(function))


def woven_in(function: Function) -> Function:
    """Compile into each caller: handing the arrays of a search over at a call costs more than these few steps."""
    return cast("Function", numba.njit(inline="always")(function))
