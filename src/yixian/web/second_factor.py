"""第二因素: second factors — their secrets stand sealed, and a session knows whether one was shown in it.

Who must show one before reaching anything: `yixian.kernel.roles.SECOND_FACTOR_ROLES`, asked by the gate.
"""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from yixian.kernel.actors import Actor
from yixian.kernel.crypto import keyring
from yixian.kernel.roles import SECOND_FACTOR_ROLES

PURPOSE = "second-factor.secret"
_SHOWN = "second_factor_of"


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter, with the secrets of authenticator apps and recovery codes under the home's keys."""

    def encrypt(self, text: str) -> str:
        """What is stored."""
        return keyring().encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return keyring().decrypt(encrypted_text, purpose=PURPOSE)


def note_shown(request: HttpRequest, user_id: int) -> None:
    """A second factor of this user was shown, or added, in this session."""
    request.session[_SHOWN] = user_id


def is_missing(request: HttpRequest, actor: Actor) -> bool:
    """Whether the actor holds a role that needs a second factor, and none was shown in this session.

    The users that a demonstration invented are excepted: everybody knows their password, and nobody they reach is real.
    """
    if not settings.YIXIAN_SECOND_FACTOR or not actor.has_any(SECOND_FACTOR_ROLES):
        return False
    if request.session.get(_SHOWN) == actor.user_id:
        return False
    return request.user.get_username() not in settings.YIXIAN_INVENTED_USERS
