"""分户、并户以后: what other rooms do about it in the same transaction, such as putting helpers beside the new household."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from yixian.kernel.actors import Actor
from yixian.kernel.extension_points import Registry

if TYPE_CHECKING:
    from yixian.registry.models import Household


class AfterSplit(Protocol):
    """What a division asks of a room."""

    def __call__(self, old: Household, new: Household, *, actor: Actor, at: datetime) -> None:
        """Do it, or raise and nothing was divided."""


class AfterMerger(Protocol):
    """What a merger asks of a room."""

    def __call__(self, ended: Household, *, actor: Actor, at: datetime) -> None:
        """Do it, or raise and nothing was joined."""


AFTER_SPLIT: Registry[AfterSplit] = Registry("what follows a division", AfterSplit)
AFTER_MERGER: Registry[AfterMerger] = Registry("what follows a merger", AfterMerger)
