"""二人确认: separation of duties — what one administrator gives takes effect when a second person has confirmed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import RoleGrant, SignInCode
from yixian.kernel.permission import require_person
from yixian.kernel.roles import CONFIRMERS


def waiting_grants() -> QuerySet[RoleGrant]:
    """Roles that wait for a second person; one that was refused has ended before it began."""
    return RoleGrant.objects.filter(waiting=True).filter(
        Q(valid_until=None) | Q(valid_until__gt=F("valid_from"))
    )


@transaction.atomic
def confirm_grant(grant_id: int, *, confirmed: bool, actor: Actor, at: datetime) -> RoleGrant:
    """Let a role that waits take effect, or refuse it for good.

    Raises `Refused` for whoever gave it and for whom it was given to, `NotFound` where nothing waits.
    """
    person = require_person(actor, CONFIRMERS)
    grant = waiting_grants().select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("grant.not_waiting", _("This role does not wait for a confirmation."))
    _require_another(person, grant.given_by_id, grant.user_id)
    if confirmed:
        grant.waiting, grant.confirmed_by_id = False, person
        grant.valid_from = max(grant.valid_from, timezone.localdate(at))
    else:
        grant.valid_until = grant.valid_from
    grant.save(update_fields=["waiting", "confirmed_by_id", "valid_from", "valid_until"])
    data = {"role": grant.role, "area_path": grant.area_path, "given_by": grant.given_by_id}
    kind = "grant.confirmed" if confirmed else "grant.refused"
    record(Entry(kind, "user", grant.user_id, grant.area_path, data), actor=actor, at=at)
    return grant


@transaction.atomic
def confirm_code(code_id: int, *, confirmed: bool, actor: Actor, at: datetime) -> SignInCode:
    """Let a one-time code that waits open what it is for, or end it. Raises as `confirm_grant` does."""
    person = require_person(actor, CONFIRMERS)
    code = SignInCode.objects.select_for_update().filter(pk=code_id, waiting=True, ended_at=None).first()
    if code is None:
        raise NotFound("code.not_waiting", _("This code does not wait for a confirmation."))
    _require_another(person, code.issued_by_id, code.user_id)
    if confirmed:
        code.waiting, code.confirmed_by_id = False, person
    else:
        code.ended_at = at
    code.save(update_fields=["waiting", "confirmed_by_id", "ended_at"])
    kind = "user.code_confirmed" if confirmed else "user.code_refused"
    entry = Entry(kind, "user", code.user_id, data={"issued_by": code.issued_by_id})
    record(entry, actor=actor, at=at)
    return code


def _require_another(person: int, giver: int | None, receiver: int) -> None:
    if person in {giver, receiver}:
        raise Refused("access.second_person", _("A second person must confirm this."))
