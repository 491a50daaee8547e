"""二人确认: separation of duties — what one administrator gives takes effect when a second person has confirmed it."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import RoleGrant, SignInCode, User
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

    Where the user's password was chosen with a code that whoever gave the role had printed alone, that sign-in ends:
    nobody may have taken the place of the person whom the second one speaks with. They choose another password with a code
    that two people know of.
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
    if confirmed and _signs_in_by_one_alone(grant):
        _end_sign_in(grant.user, actor=actor, at=at)
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


def _signs_in_by_one_alone(grant: RoleGrant) -> bool:
    """Whether the last code that the user may have used was printed by whoever gave the role, and confirmed by nobody."""
    used = (
        SignInCode.objects.filter(user=grant.user_id, issued_by_id__isnull=False)
        .order_by("-issued_at", "-pk")
        .first()
    )
    return used is not None and used.issued_by_id == grant.given_by_id and used.confirmed_by_id is None


def _end_sign_in(user: User, *, actor: Actor, at: datetime) -> None:
    """Take away password, second factors and codes; sessions end with the password."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    SignInCode.objects.filter(user=user, ended_at=None).update(ended_at=at)
    record(Entry("user.sign_in_ended", "user", user.pk), actor=actor, at=at)


def _require_another(person: int, giver: int | None, receiver: int) -> None:
    if person in {giver, receiver}:
        raise Refused("access.second_person", _("A second person must confirm this."))
