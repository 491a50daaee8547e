"""授权: from a signed-in user to an actor with the roles held on the day."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from yixian.kernel.actors import Actor, Grant
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import HELPER_ROLES, Role


def actor_for(user: User, *, at: datetime) -> Actor:
    """The user as an actor: every role granted and not ended on the day of ``at``.

    Cadres and party members get no area here: their reach is the households they stand beside (`yixian.duty.access`).
    """
    rows = _grants_held(user.pk, timezone.localdate(at))
    return Actor(
        label=f"user:{user.username}",
        user_id=user.pk,
        helper_id=user.helper_id,
        grants=tuple(_grant(row) for row in rows),
    )


@prepared
def _grants_held(user_id: int, day: date) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day), user_id=user_id, valid_from__lte=day, waiting=False
    ).order_by("pk")


def _grant(row: RoleGrant) -> Grant:
    role = Role(row.role)
    paths = () if role in HELPER_ROLES or role == Role.DEPARTMENT_LEAD else (row.area_path,)
    return Grant(role=role, area_paths=paths, organisation_id=row.organisation_id)
