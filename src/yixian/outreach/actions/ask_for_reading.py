"""请人上门念账: a household, or somebody who takes its call, asks that its account be read to it at its door."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.roles import Role
from yixian.outreach.models import ReadingRequest
from yixian.outreach.queries.reading_requests import open_requests
from yixian.registry.access import get_household, roles_reaching
from yixian.registry.models import Household
from yixian.visits.access import require_recorder


@transaction.atomic
def ask_for_reading(household_id: int, *, actor: Actor, at: datetime) -> ReadingRequest:
    """Ask that those beside a household read its account to it. Asked again while it waits, it is the same request.

    The household asks for itself; whoever may record a visit to it asks for somebody who called or came. Raises `NotFound` out of
    reach, `NotPermitted` for other roles, `Refused` for an ended household.
    """
    household, user_id = _asking(household_id, actor)
    if household.valid_until is not None and household.valid_until <= timezone.localdate(at):
        raise Refused("household.ended", _("This household has ended."))
    waiting = open_requests().filter(household=household).first()
    return waiting or _write("explanation.requested", household, user_id, actor, at)


@transaction.atomic
def take_back_reading(household_id: int, *, actor: Actor, at: datetime) -> None:
    """Take the request back: nobody need come. Where none waits, nothing is written. Raises as `ask_for_reading` does."""
    household, user_id = _asking(household_id, actor)
    if open_requests().filter(household=household).exists():
        _write("explanation.request_withdrawn", household, user_id, actor, at, is_taken_back=True)


def _asking(household_id: int, actor: Actor) -> tuple[Household, int | None]:
    """The household, locked, and who writes it down; None where it speaks for itself."""
    household = get_household(actor, household_id)
    by_itself = Role.HOUSEHOLD in roles_reaching(actor, household)
    user_id = None if by_itself else require_recorder(actor, household_id)[1]
    Household.objects.select_for_update().get(pk=household.pk)
    return household, user_id


def _write(
    kind: str,
    household: Household,
    user_id: int | None,
    actor: Actor,
    at: datetime,
    *,
    is_taken_back: bool = False,
) -> ReadingRequest:
    row = ReadingRequest.objects.create(
        household=household, area_path=household.area_path, is_taken_back=is_taken_back, by_id=user_id, at=at
    )
    record(Entry(kind, "household", household.pk, household.area_path), actor=actor, at=at)
    return row
