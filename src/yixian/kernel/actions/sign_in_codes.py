"""一次性登录码: one-time codes on paper — people choose their password themselves, for the first time or when it is forgotten.

The administrator prints the code and hands it to the person; it holds a week and once. For somebody who approves, and where a
lost second factor is taken away with it, it opens nothing before a second person has confirmed it. Source: OWASP ASVS 5.0, 6.4.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel import throttle
from yixian.kernel.actions.users import get_user, require_strong
from yixian.kernel.actors import Actor
from yixian.kernel.crypto import keyring
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import RoleGrant, SignInCode, User
from yixian.kernel.permission import require
from yixian.kernel.roles import ADMINISTRATORS, CONFIRMED_ROLES

GOOD_FOR = timedelta(days=7)
GUESSES_PER_SOURCE = 300
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O, which look alike on paper
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """The code as it goes onto paper, in fours; it is kept nowhere. ``waiting`` until a second person confirms it."""

    user: User
    text: str
    expires_at: datetime
    waiting: bool


@transaction.atomic
def issue_code(user_id: int, *, clears_factor: bool = False, actor: Actor, at: datetime) -> PrintedCode:
    """A new code for a user; an older one of theirs ends. The password they have holds until they choose another."""
    require(actor, ADMINISTRATORS)
    user = get_user(user_id)
    if user_id == actor.user_id:
        raise Refused("code.own", _("Another administrator must give you a code."))
    SignInCode.objects.filter(user=user, ended_at=None).update(ended_at=at)
    letters = "".join(secrets.choice(_LETTERS) for _place in range(_LENGTH))
    waiting = not actor.is_system and (clears_factor or _approves(user, at))
    code = SignInCode.objects.create(
        user=user,
        digest=_digest(letters),
        issued_by_id=actor.user_id,
        issued_at=at,
        expires_at=at + GOOD_FOR,
        waiting=waiting,
        clears_factor=clears_factor,
    )
    data = {"clears_factor": clears_factor, "waiting": waiting}
    record(Entry("user.code_issued", "user", user.pk, data=data), actor=actor, at=at)
    fours = "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))
    return PrintedCode(user, fours, code.expires_at, waiting)


def choose_password(username: str, code: str, password: str, *, source: str, at: datetime) -> User:
    """Let whoever holds a user's code choose that user's password; the code ends, and so do the user's sessions.

    Raises `NotFound` alike for a wrong name and a wrong, used, waiting or expired code, `TooManyGuesses`, and `Invalid` for a
    weak password, after which the code still holds.
    """
    subject = f"first-sign-in:{source}"
    throttle.check(subject, at=at)
    with transaction.atomic():
        found = _held(username, code, at)
        if found is not None:
            return _chosen(found, password, at)
    with transaction.atomic():
        throttle.failed(subject, at=at, free=GUESSES_PER_SOURCE)
    raise NotFound(
        "code.wrong", _("The user name or the code is wrong, or the code holds no more."), field="code"
    )


def _held(username: str, code: str, at: datetime) -> SignInCode | None:
    plain = "".join(filter(str.isalnum, code)).upper()
    rows = SignInCode.objects.select_for_update().select_related("user")
    return rows.filter(
        digest=_digest(plain),
        user__username__iexact=username.strip(),
        user__is_active=True,
        ended_at=None,
        waiting=False,
        expires_at__gt=at,
    ).first()


def _chosen(code: SignInCode, password: str, at: datetime) -> User:
    user = code.user
    require_strong(user, password)
    user.set_password(password)
    user.save(update_fields=["password"])
    code.ended_at = at
    code.save(update_fields=["ended_at"])
    if code.clears_factor:
        Authenticator.objects.filter(user=user).delete()
    actor = Actor(f"user:{user.username}", user.pk)
    entry = Entry("user.password_chosen", "user", user.pk, data={"cleared_factor": code.clears_factor})
    record(entry, actor=actor, at=at)
    return user


def _approves(user: User, at: datetime) -> bool:
    day = timezone.localdate(at)
    rows = RoleGrant.objects.filter(user=user, role__in=CONFIRMED_ROLES)
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=day)).exists()


def _digest(plain: str) -> str:
    return keyring().digest(plain, purpose="sign-in.code")
