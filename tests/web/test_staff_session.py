"""登录的时限: half an hour without use ends a sign-in; one's other sign-ins can be ended; log lines say who and where."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import PASSWORD, make_user
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.web.log_context import WhoAndWhere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client(REMOTE_ADDR="198.51.100.7")
    assert client.post("/accounts/login/", {"login": user.username, "password": PASSWORD}).status_code == 302
    return client


def after(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("yixian.web.staff_session.timezone.now", lambda: moment)


def test_half_an_hour_without_use_ends_a_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    client, began = signed_in(make_user(Role.CADRE)), timezone.now()
    for minutes in (20, 40, 60):
        after(monkeypatch, began + timedelta(minutes=minutes))
        assert client.get("/staff/").status_code == 200
    after(monkeypatch, began + timedelta(minutes=91))
    assert client.get("/staff/").url.startswith("/accounts/login/")


def test_ones_other_sign_ins_can_be_ended() -> None:
    user = make_user(Role.CADRE)
    here, elsewhere = signed_in(user), signed_in(user)
    assert here.get("/accounts/sessions/").content.decode().count("198.51.100.7") == 2
    here.post("/accounts/sessions/")
    assert here.get("/staff/").status_code == 200
    assert elsewhere.get("/staff/").status_code == 302


def test_a_line_of_the_log_says_who_and_where(caplog: pytest.LogCaptureFixture) -> None:
    user = make_user(Role.CADRE)
    signed_in(user).get("/staff/users/")
    (record,) = (one for one in caplog.records if one.name == "django.request")
    WhoAndWhere().filter(record)
    assert (record.who, record.where) == (user.pk, "198.51.100.7")
    other = logging.LogRecord("x", logging.ERROR, "", 0, "", (), None)
    WhoAndWhere().filter(other)
    assert (other.who, other.where) == ("-", "-")
