"""身份查询: who raised a matter, for whoever opened it for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from yixian.kernel.actors import Actor
from yixian.matters import limits
from yixian.matters.access import IDENTITY_OPENERS, get_matter, organisations_of
from yixian.matters.matter_state import state_of
from yixian.matters.models import IdentityOpening, Matter, MatterPerson
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True)
class Identity:
    """Who raised it, as they said it; the household only where it is one of the register."""

    position: int
    name: str
    phone: str
    email: str
    household_id: int | None
    household_no: str


def opened_identity(number: str, *, actor: Actor, at: datetime) -> list[Identity]:
    """Who raised it, for whoever opened that within the last day and whose body still holds it; else empty."""
    matter = get_matter(actor, number, at=at)
    since = at - timedelta(hours=limits.READ_FOR_HOURS)
    if not IdentityOpening.objects.filter(matter=matter, by_id=actor.user_id, at__gt=since).exists():
        return []
    holds = state_of(matter, at=at).holder_id in organisations_of(actor, at=at)
    return identities(matter) if holds and actor.has_any(IDENTITY_OPENERS) else []


def identities(matter: Matter) -> list[Identity]:
    """Who raised it. A rule's own reading: whoever calls this has asked who may."""
    rows = list(MatterPerson.objects.filter(matter=matter).order_by("position"))
    ids = [int(row.household) for row in rows if row.household]
    numbers = dict(Household.objects.filter(pk__in=ids).values_list("pk", "household_no"))
    return [
        Identity(
            row.position,
            row.name,
            row.phone,
            row.email,
            int(row.household) if row.household else None,
            numbers.get(int(row.household), "") if row.household else "",
        )
        for row in rows
    ]
