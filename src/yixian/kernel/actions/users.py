"""用户与授权: make a user, give a role, end it. Only administrators, and the operator at the machine, may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.permission import require
from yixian.kernel.roles import ADMINISTRATORS, CONFIRMED_ROLES, STAFF_ROLES, Role


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to make a user: the name to sign in with, the name shown, and the helper they are."""

    username: str
    display_name: str
    helper_id: int | None = None


@transaction.atomic
def create_user(
    username: str,
    display_name: str,
    password: str = "",
    *,
    actor: Actor,
    at: datetime,
    helper_id: int | None = None,
) -> User:
    """A new user who holds no role yet. Raises `Invalid` for a taken name or a weak password."""
    return create_users([NewUser(username, display_name, helper_id)], password, actor=actor, at=at)[0]


@transaction.atomic
def create_users(wanted: Iterable[NewUser], password: str = "", *, actor: Actor, at: datetime) -> list[User]:
    """Several users, all or none; raises as `create_user` does.

    Only the operator at the machine chooses a password for them, one for all: it is hashed once, which takes long on
    purpose, and whoever reads the table sees that it is the same. Everybody else lets them choose it themselves
    (`yixian.kernel.actions.sign_in_codes`), so that no administrator knows somebody's password.
    """
    require(actor, ADMINISTRATORS)
    if password and not actor.is_system:
        raise Refused(
            "user.own_password", _("People choose their password themselves, with a one-time code.")
        )
    encoded = "" if password else make_password(None)
    users = []
    for one in wanted:
        user = _new_user(one)
        if password:
            require_strong(user, password)
        user.password = encoded = encoded or make_password(password)
        user.save()
        data = {"username": user.username, "helper_id": user.helper_id}
        record(Entry("user.created", "user", user.pk, data=data), actor=actor, at=at)
        users.append(user)
    return users


@transaction.atomic
def set_active(user_id: int, *, active: bool, actor: Actor, at: datetime) -> None:
    """Close a user's sign-in, or open it again. Nobody closes their own."""
    require(actor, ADMINISTRATORS)
    if user_id == actor.user_id:
        raise Refused("user.own", _("You cannot close your own sign-in."))
    user = get_user(user_id)
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(Entry("user.opened" if active else "user.closed", "user", user.pk), actor=actor, at=at)


@transaction.atomic
def grant_role(
    user_id: int,
    role: Role,
    area_path: str,
    organisation_id: int | None,
    valid_from: date,
    valid_until: date | None = None,
    *,
    actor: Actor,
    at: datetime,
) -> RoleGrant:
    """Give a role over an area ("" is all) or on behalf of a body, from a day.

    An administrator sees no personal data, so nobody is both administrator and anything else; and nobody gives a role
    to themselves. A role of `CONFIRMED_ROLES` waits until a second person confirms it, unless the operator at the machine
    gives it. Raises `Refused`.
    """
    require(actor, ADMINISTRATORS)
    if role not in STAFF_ROLES:
        raise Invalid("grant.role", _("This role cannot be granted."), field="role")
    if user_id == actor.user_id:
        raise Refused("grant.own", _("You cannot grant a role to yourself."))
    user = get_user(user_id)
    _keep_administrators_apart(user, role, valid_from)
    if valid_until is not None and valid_until <= valid_from:
        raise Invalid("grant.dates", _("The last day must lie after the first."), field="valid_until")
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        area_path=area_path,
        organisation_id=organisation_id,
        valid_from=valid_from,
        valid_until=valid_until,
        waiting=role in CONFIRMED_ROLES and not actor.is_system,
        given_by_id=actor.user_id,
    )
    data = {
        "role": role.value,
        "area_path": area_path,
        "organisation_id": organisation_id,
        "from": valid_from.isoformat(),
    }
    kind = "grant.proposed" if grant.waiting else "grant.given"
    record(Entry(kind, "user", user.pk, area_path, data), actor=actor, at=at)
    return grant


@transaction.atomic
def end_grant(grant_id: int, *, actor: Actor, at: datetime, on: date) -> None:
    """End a role from a day on."""
    require(actor, ADMINISTRATORS)
    grant = RoleGrant.objects.select_for_update().filter(pk=grant_id, valid_until=None).first()
    if grant is None:
        raise NotFound("grant.not_found", _("There is no such open grant."))
    grant.valid_until = max(on, grant.valid_from)
    grant.save(update_fields=["valid_until"])
    record(
        Entry(
            "grant.ended", "user", grant.user_id, grant.area_path, {"role": grant.role, "on": on.isoformat()}
        ),
        actor=actor,
        at=at,
    )


def _keep_administrators_apart(user: User, role: Role, day: date) -> None:
    others = RoleGrant.objects.filter(user=user).exclude(valid_until__lte=day)
    clash = (
        others.exclude(role=Role.ADMINISTRATOR)
        if role == Role.ADMINISTRATOR
        else others.filter(role=Role.ADMINISTRATOR)
    )
    if clash.exists():
        raise Refused(
            "grant.administrator_apart",
            _("An administrator may hold no other role: it would open personal data."),
        )


def get_user(user_id: int) -> User:
    """The user. Raises `NotFound`."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("user.not_found", _("There is no such user."))
    return user


def _new_user(wanted: NewUser) -> User:
    username = wanted.username.strip()
    if not username:
        raise Invalid("user.name_missing", _("Give a user name."), field="username")
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid("user.name_taken", _("This user name is taken."), field="username")
    return User(username=username, display_name=wanted.display_name.strip(), helper_id=wanted.helper_id)


def require_strong(user: User, password: str) -> None:
    """Raise `Invalid` for a password that the rules refuse."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("user.password", " ".join(error.messages), field="password") from error
