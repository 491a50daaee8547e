"""开启身份: read who raised a matter — with a reason, logged, and for the person to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted, Refused
from yixian.matters import limits
from yixian.matters.access import IDENTITY_OPENERS, get_matter
from yixian.matters.actions.handling import handling
from yixian.matters.drafting import require_words
from yixian.matters.models import IdentityOpening, Matter, MatterPerson, MatterReading
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


@transaction.atomic
def open_identity(number: str, reason: str, *, actor: Actor, at: datetime) -> IdentityOpening:
    """Open who raised it, on behalf of the body that holds it. Raises `Refused` for an anonymous matter: there is nobody."""
    step = handling(number, actor=actor, at=at, roles=IDENTITY_OPENERS)
    if step.matter.anonymous:
        raise Refused("matter.anonymous", "It was raised without a name; nothing about the person is kept.")
    return IdentityOpening.objects.create(
        matter=step.matter,
        by_id=step.user_id,
        role=_roles(actor),
        reason=require_words("reason", reason, limits.MOST_REASON),
        at=at,
    )


def opened_identity(number: str, *, actor: Actor, at: datetime) -> list[Identity]:
    """Who raised it, for whoever opened that within the last day and whose body still holds it; else empty."""
    matter = get_matter(actor, number, at=at)
    since = at - timedelta(hours=limits.READ_FOR_HOURS)
    if not IdentityOpening.objects.filter(matter=matter, by_id=actor.user_id, at__gt=since).exists():
        return []
    try:
        handling(number, actor=actor, at=at, roles=IDENTITY_OPENERS)
    except (NotPermitted, NotFound):
        return []
    return identities(matter)


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


def note_reading(matter: Matter, *, actor: Actor, at: datetime) -> None:
    """Write down that a member of staff opened a matter; the same person within an hour counts once."""
    if actor.user_id is None:
        return
    lately = at - timedelta(hours=1)
    if not MatterReading.objects.filter(matter=matter, by_id=actor.user_id, at__gt=lately).exists():
        MatterReading.objects.create(matter=matter, by_id=actor.user_id, role=_roles(actor), at=at)


def _roles(actor: Actor) -> str:
    return ",".join(sorted(actor.roles))[:120]
