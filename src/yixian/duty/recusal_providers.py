"""回避来源: the extension point of rooms that know of recusals which follow from their own records; duty need not know them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Protocol

from yixian.kernel.extension_points import Registry

Excluded = tuple[int, int, str]
"""Household, helper, and the ground, one of `yixian.duty.choices.RecusalGround`."""


class RecusalSource(Protocol):
    """What tells whom a room's records recuse."""

    def __call__(self, household_ids: Collection[int] | None, on: date) -> Iterator[Excluded]:
        """The pairs that it excludes on a day, of these households, or of all."""


SOURCES: Registry[RecusalSource] = Registry("recusal source", RecusalSource)


def excluded_by_records(household_ids: Collection[int] | None, on: date) -> Iterator[Excluded]:
    """What all sources exclude."""
    for source in SOURCES.load_all():
        yield from source(household_ids, on)
