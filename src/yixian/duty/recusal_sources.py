"""回避来源: rooms that know of recusals which follow from their own records, by address, so that duty need not know them.

A source is a function ``(household_ids or None, on) -> iterable of (household_id, helper_id, ground)``: the pairs that it
excludes on a day, limited to these households, or for all. Ground is one of `yixian.duty.choices.RecusalGround`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

Excluded = tuple[int, int, str]
Source = Callable[[Collection[int] | None, date], Iterable[Excluded]]

_ADDRESSES: set[str] = set()


def register(address: str) -> None:
    """Register a source by its address "module:function"."""
    _ADDRESSES.add(address)


def excluded_by_records(household_ids: Collection[int] | None, on: date) -> Iterator[Excluded]:
    """What all sources exclude."""
    for address in sorted(_ADDRESSES):
        module, _, name = address.partition(":")
        source: Source = getattr(importlib.import_module(module), name)
        yield from source(household_ids, on)
