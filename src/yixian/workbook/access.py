"""谁可导入导出: a workbook holds everything, so only the bureau brings it in or takes it out."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role

KEEPERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})
"""Roles that import and export."""


def require_keeper(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may import and export."""
    if actor.roles.isdisjoint(KEEPERS):
        raise NotPermitted("workbook.permission", "Your role does not import or export workbooks.")
