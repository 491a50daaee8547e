"""权限: the role check. Every action and page that only some roles may use asks here, before it does anything else."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.roles import Role


def require(actor: Actor, roles: AbstractSet[Role]) -> None:
    """Raise `NotPermitted` unless the actor holds one of the roles."""
    if not actor.has_any(roles):
        raise NotPermitted("access.role", _("Your role does not include this."))


def require_person(actor: Actor, roles: AbstractSet[Role]) -> int:
    """The id of the user who acts. Raises `NotPermitted` unless the actor is a person with one of the roles."""
    require(actor, roles)
    if actor.user_id is None:
        raise NotPermitted("access.person", _("A person must do this, not a program."))
    return actor.user_id
