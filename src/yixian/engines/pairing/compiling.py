"""编译: how numeric code becomes machine code: just in time, at the first call into its file, and kept.

A compiled cache only notices changes of the file its function comes from: functions that weave each other in, or call
each other compiled, must live in one file.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from yixian.lazy_imports import numba

Function = TypeVar("Function", bound=Callable[..., object])

_waiting: dict[str, list[tuple[Callable[..., object], Callable[..., object]]]] = defaultdict(list)
"""By module: its functions that nobody has called yet, each with what makes it a compiled one."""

_one_at_a_time = threading.Lock()


def compiled(function: Function) -> Function:
    """Compile to machine code, kept on disk beside this file, else in the user's cache folder, else in memory only."""
    return _at_first_call(function, _kept)


def inlined(function: Function) -> Function:
    """Compile into each caller: handing the arrays of a search over at a call costs more than these few steps."""
    return _at_first_call(function, _woven_in)


def _kept(function: Callable[..., object]) -> Callable[..., object]:
    try:
        return cast("Callable[..., object]", numba.njit(cache=True)(function))
    except RuntimeError:  # neither folder can be written: compile anew in each process
        return cast("Callable[..., object]", numba.njit(function))


def _woven_in(function: Callable[..., object]) -> Callable[..., object]:
    return cast("Callable[..., object]", numba.njit(inline="always")(function))


def _at_first_call(function: Function, compile_: Callable[..., Callable[..., object]]) -> Function:
    """A function that loads the compiler when it, or another one of its file, is called for the first time."""
    _waiting[function.__module__].append((function, compile_))

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> object:
        home = vars(sys.modules[function.__module__])
        _compile_all(function.__module__, home)
        return home[function.__name__](*arguments, **named)

    return cast("Function", call)


def _compile_all(module: str, home: dict[str, Any]) -> None:
    """Put a file's compiled functions in the place of their stand-ins, where they find each other when they are compiled."""
    with _one_at_a_time:
        for function, compile_ in _waiting.pop(module, ()):
            home[function.__name__] = compile_(function)
