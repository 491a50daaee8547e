"""谁可导入导出: a workbook holds everything, so only the bureau brings it in or takes it out, each within its reach."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.kernel.roles import BUREAU_ROLES, Role

KEEPERS = BUREAU_ROLES | {Role.SYSTEM}
"""Roles that import and export."""

Reach = tuple[str, ...]
"""Area paths; "" is the whole register."""

EVERYTHING: Reach = ("",)


def as_keeper(actor: Actor) -> Actor:
    """The actor with the grants by which they keep the register, and no others: an auditor's wider view does not
    widen what a clerk may enter. Raises `NotPermitted` if there is none."""
    require(actor, KEEPERS)
    return actor.acting_as(KEEPERS)


def reach_of(actor: Actor) -> Reach:
    """The area paths in which the actor keeps the register. Raises `NotPermitted` if there is none."""
    return tuple(path for grant in as_keeper(actor).grants for path in grant.area_paths)


def reaches(reach: Reach, path: str) -> bool:
    """Whether an area path lies within reach."""
    return any(path.startswith(prefix) for prefix in reach)
