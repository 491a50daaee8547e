"""有人办事的机构: the bodies for which somebody acts. Nothing may rest with, be offered to or be named for any other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from yixian.kernel.actors import Grant
from yixian.kernel.intervals import in_force
from yixian.kernel.models import RoleGrant
from yixian.kernel.roles import Role
from yixian.matters.access import HANDLERS, acting_for
from yixian.registry.models import Organisation


def acting_organisations(*, at: datetime, roles: Collection[Role] = HANDLERS) -> frozenset[int]:
    """The bodies in service for which somebody who can sign in holds one of these roles on the day of a moment."""
    on = timezone.localdate(at)
    rows = RoleGrant.objects.filter(in_force(on), role__in=roles, user__is_active=True)
    grants = {
        Grant(Role(role), (path,), organisation_id=organisation_id)
        for role, path, organisation_id in rows.values_list("role", "area_path", "organisation_id")
    }
    found = Q(pk__in={one.organisation_id for one in grants if one.organisation_id is not None})
    for one in grants:
        found |= acting_for(one)
    return frozenset(Organisation.objects.filter(found, in_force(on)).values_list("pk", flat=True))
