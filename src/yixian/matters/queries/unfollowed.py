"""读不下去的事项: matters whose events cannot be followed to the end, for those who can mend what they are followed by."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.kernel.roles import ADMINISTRATORS
from yixian.matters.matter_state import fault_words
from yixian.matters.models import MatterProjection


@dataclass(frozen=True, slots=True)
class UnfollowedMatter:
    """A matter by its number, and why it cannot be followed. Nothing of what it is about."""

    number: str
    why: str


def unfollowed_matters(actor: Actor) -> list[UnfollowedMatter]:
    """Every such matter, for administrators. Raises `NotPermitted`."""
    require(actor, ADMINISTRATORS)
    rows = MatterProjection.objects.exclude(fault="").order_by("number").values_list("number", "fault")
    return [UnfollowedMatter(number, fault_words(fault)) for number, fault in rows]
