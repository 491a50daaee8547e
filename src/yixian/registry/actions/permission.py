"""谁可改登记: who may change the register."""

from __future__ import annotations

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role

REGISTER_EDITORS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})
"""Roles that change households, persons and items. What they reach is limited by their scope as everywhere."""


def require_register_editor(actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may change the register."""
    if actor.roles.isdisjoint(REGISTER_EDITORS):
        raise NotPermitted("register.permission", "Your role does not change the register.")
