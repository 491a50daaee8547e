"""登录之后: what follows from a sign-in that allauth has finished, second factor included."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from yixian.web.sign_up import remember_network


def connect() -> None:
    """Listen. Signals keep these functions for as long as the module stands."""
    user_logged_in.connect(_signed_in)


def _signed_in(request: HttpRequest, user: AbstractBaseUser, **_more: Any) -> None:
    remember_network(request, user.get_username())
