"""第二因素: who reaches more than single households shows one first; its secret stands sealed; sign-ins are written down."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.factories import PASSWORD, make_user
from yixian.kernel.models import Event, User
from yixian.kernel.roles import SECOND_FACTOR_ROLES, Role

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = "198.51.100.7"


@pytest.fixture(autouse=True)
def required(settings: Any) -> Iterator[None]:
    settings.YIXIAN_SECOND_FACTOR = True
    cache.clear()
    yield
    cache.clear()


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def signed_in(user: User) -> Client:
    client = Client(REMOTE_ADDR=HERE)
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def with_factor(role: Role) -> User:
    user = make_user(role)
    TOTP.activate(user, SECRET)
    return user


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_without_a_second_factor_nothing_is_reached(role: Role) -> None:
    client = Client()
    client.force_login(make_user(role))
    assert client.get("/staff/").url == "/accounts/2fa/totp/activate/"
    assert client.get("/api/v1/households").status_code in {403, 404}
    assert client.post("/staff/jobs/1/cancel/").url == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/password/change/")
    assert page.status_code == 200
    assert "/accounts/password/reset/" not in page.content.decode(), "nobody sets a password by e-mail"
    assert "/accounts/first/" in page.content.decode()


@pytest.mark.parametrize("role", sorted({Role.CADRE, Role.PARTY_MEMBER}))
def test_who_stands_beside_households_needs_none(role: Role) -> None:
    client = Client()
    client.force_login(make_user(role))
    assert client.get("/staff/").status_code == 200


def test_with_password_and_code_everything_of_the_role_is_reached() -> None:
    user = with_factor(Role.AUDITOR)
    client = signed_in(user)
    assert client.get("/staff/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)}).status_code == 302
    assert client.get("/staff/").status_code == 200
    client.post("/accounts/logout/")
    kinds = list(Event.objects.filter(subject_kind="user", subject_id=user.pk).order_by("pk"))
    assert [event.kind for event in kinds] == ["sign_in.factor_failed", "sign_in.succeeded", "sign_in.ended"]
    assert {event.data["network"] for event in kinds} == {HERE}


def test_a_code_is_good_once_and_not_for_long() -> None:
    user = with_factor(Role.AUDITOR)
    code = code_of(SECRET)
    assert signed_in(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    again = signed_in(user)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert again.get("/staff/").status_code == 302
    earlier = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - 4))
    assert signed_in(user).post("/accounts/2fa/authenticate/", {"code": earlier}).status_code == 200


def test_setting_one_up_opens_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(Role.FINANCE)
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    monkeypatch.setattr(transaction, "on_commit", lambda then: then())  # no commit ends a test
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/staff/").status_code == 200
    assert Event.objects.filter(kind="user.factor_added", subject_id=user.pk).exists()


def test_the_demonstrations_users_are_excepted_and_nobody_else(settings: Any) -> None:
    invented, real = make_user(Role.BUREAU_LEAD), make_user(Role.BUREAU_LEAD)
    settings.YIXIAN_INVENTED_USERS = frozenset({invented.username})
    for user, status in ((invented, 200), (real, 302)):
        client = Client()
        client.force_login(user)
        assert client.get("/staff/").status_code == status


def test_the_secret_stands_sealed_and_older_rows_are_sealed_by_the_migration() -> None:
    new = TOTP.activate(make_user(Role.AUDITOR), SECRET).instance
    assert SECRET not in json.dumps(new.data)
    old = Authenticator.objects.create(
        user=make_user(Role.AUDITOR), type=Authenticator.Type.TOTP, data={"secret": SECRET}
    )
    Authenticator.objects.exclude(pk=old.pk).delete()
    importlib.import_module("yixian.kernel.migrations.0007_sealed_factors")._seal(apps, None)
    old.refresh_from_db()
    assert SECRET not in json.dumps(old.data)
    assert TOTP(old).validate_code(code_of(SECRET))


def test_a_failed_sign_in_is_written_down_without_what_was_typed() -> None:
    user = make_user(Role.CADRE)
    client = Client(REMOTE_ADDR=HERE)
    client.post("/accounts/login/", {"login": user.username, "password": "wrong"})
    client.post("/accounts/login/", {"login": "my-secret-password", "password": "wrong"})
    known, unknown = Event.objects.filter(kind="sign_in.failed").order_by("pk")
    assert (known.subject_id, known.data) == (user.pk, {"network": HERE})
    assert (unknown.subject_id, unknown.data) == (0, {"network": HERE})
