"""任务种类: which function does which kind of background work, by address, so that pages need not load the engines."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

_ADDRESSES: dict[str, str] = {}


def register(kind: str, address: str) -> None:
    """Register a job function ``(job, *, report, at) -> result`` under a stable kind, by its address "module:name"."""
    if _ADDRESSES.setdefault(kind, address) != address:
        raise ValueError(f"job kind {kind!r} is registered twice")


def is_registered(kind: str) -> bool:
    """Whether there is such work."""
    return kind in _ADDRESSES


def load(kind: str) -> Callable[..., dict[str, Any]]:
    """The function of a kind, loaded now. Raises KeyError for an unknown kind."""
    module, _, name = _ADDRESSES[kind].partition(":")
    function: Callable[..., dict[str, Any]] = getattr(importlib.import_module(module), name)
    return function
