"""同事: who may deal with a matter inside a body — users who act for it, hold a role that takes steps, and may see it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from yixian.duty.access import complete
from yixian.kernel.actors import Actor
from yixian.kernel.grants import actor_for
from yixian.kernel.intervals import in_force
from yixian.kernel.models import RoleGrant, User
from yixian.matters.access import HANDLERS, matter_scope, organisations_of
from yixian.matters.models import Matter


def colleagues(organisation_id: int, matter: Matter, *, at: datetime) -> dict[int, str]:
    """Their ids and names, by name. Whoever the matter is about, or reports to them, is not among them."""
    found = {}
    for user, actor in acting_users(organisation_id, at=at):
        if matter_scope(actor, at=at).filter(pk=matter.pk).exists():
            found[user.pk] = str(user)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def acting_users(organisation_id: int, *, at: datetime) -> list[tuple[User, Actor]]:
    """Everybody who acts for a body on the day of a moment, as the actor that they are when signed in."""
    on = timezone.localdate(at)
    grants = RoleGrant.objects.filter(
        in_force(on), Q(organisation_id=organisation_id) | Q(organisation_id=None), role__in=HANDLERS
    )
    users = User.objects.filter(pk__in=grants.values("user_id"), is_active=True).order_by("pk")
    actors = ((user, complete(actor_for(user, at=at), on=on)) for user in users)
    return [(user, actor) for user, actor in actors if organisation_id in organisations_of(actor, at=at)]
