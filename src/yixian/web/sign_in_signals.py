"""登录之后: what follows from what people do with their sign-ins, as allauth tells it: known networks and the ledger."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from yixian.kernel.actions.record_sign_in import record_access
from yixian.web import staff_session
from yixian.web.client_network import network_of
from yixian.web.second_factor import note_shown
from yixian.web.sign_up import remember_network


def connect() -> None:
    """Listen. Signals keep these functions for as long as the module stands."""
    account.user_logged_in.connect(_signed_in)
    account.user_logged_out.connect(_signed_out)
    account.password_changed.connect(_password_changed)
    factors.authenticator_added.connect(_factor_added)
    factors.authenticator_used.connect(_factor_shown)
    factors.authenticator_removed.connect(_factor_removed)
    factors.authenticator_reset.connect(_factor_added)
    factors.authentication_failed.connect(_factor_failed)


def _record(kind: str, request: HttpRequest, user: AbstractBaseUser | None) -> None:
    if user is not None and user.pk is not None:
        network = network_of(request)
        record_access(kind, user.pk, user.get_username(), network=network, at=timezone.now())


def _signed_in(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    staff_session.begin(request)
    remember_network(request, user.get_username())
    _record("sign_in.succeeded", request, user)


def _signed_out(request: HttpRequest, user: AbstractBaseUser | None, **_more: Any) -> None:
    _record("sign_in.ended", request, user)


def _password_changed(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    _record("user.password_changed", request, user)


def _factor_added(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    note_shown(request, user.pk)
    _record("user.factor_added", request, user)


def _factor_shown(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    note_shown(request, user.pk)


def _factor_removed(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    note_shown(request, 0)
    _record("user.factor_removed", request, user)


def _factor_failed(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    _record("sign_in.factor_failed", request, user)
