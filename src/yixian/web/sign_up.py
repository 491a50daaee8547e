"""登录: nobody signs themselves up, and guessing a password is slowed down without locking its owner out.

Wrong passwords count for the account in one network (5 in five minutes), for the network (10 a minute), and for the account over
all networks (100 a day). The last two do not hold where this account has signed in of late (`yixian.kernel.known_networks`).
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from yixian.kernel import known_networks, throttle
from yixian.kernel.actions.record_sign_in import record_failure
from yixian.web.client_network import network_of

GUESSES_PER_ACCOUNT = 100
_PER_ACCOUNT_AND_NETWORK = "5/300s/key"
_PER_NETWORK = "10/m/ip"


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter with sign-up closed and our own limits."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What all limits are counted by."""
        return network_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse to try a password where too many wrong ones came from."""
        login, network, now = _login(credentials), network_of(request), timezone.now()
        is_known = known_networks.is_known(_subject(login), network, at=now)
        rates = _PER_ACCOUNT_AND_NETWORK if is_known else f"{_PER_NETWORK},{_PER_ACCOUNT_AND_NETWORK}"
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": rates},
            key=f"{login}@{network}",
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")
        if not is_known:
            try:
                throttle.check(_subject(login), at=now)
            except throttle.TooManyGuesses as error:
                raise self.validation_error("too_many_login_attempts") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password against the account as well, and write it down."""
        super().authentication_failed(request, **credentials)
        login, now = _login(credentials), timezone.now()
        with transaction.atomic():
            throttle.failed(_subject(login), at=now, free=GUESSES_PER_ACCOUNT)
            record_failure(login, network=network_of(request), at=now)


def remember_network(request: HttpRequest, username: str) -> None:
    """Somebody has signed in, with all that was asked for."""
    known_networks.remember(_subject(username.lower()), network_of(request), at=timezone.now())


def _login(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).lower()


def _subject(login: str) -> str:
    return f"sign-in:{login}"
