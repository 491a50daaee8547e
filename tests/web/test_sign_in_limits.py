"""登录限速: guessing passwords is slowed down, and keeps nobody out who signs in from elsewhere or where they always do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from yixian.kernel.models import User
from yixian.web.sign_up import GUESSES_PER_ACCOUNT

pytestmark = pytest.mark.django_db
PASSWORD = "river-and-mountain"
OFFICE, STRANGER, ELSEWHERE = "198.51.100.7", "203.0.113.66", "192.0.2.44"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Any) -> Iterator[None]:
    settings.YIXIAN_PROXIES = 1
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def auditor() -> User:
    return User.objects.create_user("auditor", password=PASSWORD)


def signs_in(login: str, password: str, network: str) -> bool:
    answer = Client(REMOTE_ADDR="127.0.0.1").post(
        "/accounts/login/",
        {"login": login, "password": password},
        headers={"x-forwarded-for": network},
    )
    return answer.status_code == 302


def test_wrong_passwords_from_one_network_keep_nobody_out_elsewhere(auditor: User) -> None:
    for number in range(12):
        assert not signs_in(f"nobody{number}", "wrong", STRANGER)
    assert not signs_in("auditor", PASSWORD, STRANGER)
    assert signs_in("auditor", PASSWORD, OFFICE)


def test_strangers_cannot_lock_a_named_account_and_are_locked_themselves(auditor: User) -> None:
    for _guess in range(5):
        assert not signs_in("auditor", "wrong", STRANGER)
    assert not signs_in("auditor", PASSWORD, STRANGER)
    assert signs_in("auditor", PASSWORD, OFFICE)


def test_a_colleague_whose_machine_guesses_keeps_nobody_out_of_the_office(auditor: User) -> None:
    assert signs_in("auditor", PASSWORD, OFFICE)
    for number in range(12):
        assert not signs_in(f"nobody{number}", "wrong", OFFICE)
    assert signs_in("auditor", PASSWORD, OFFICE)


def test_many_networks_together_are_slowed_down_but_not_where_the_account_is_known(auditor: User) -> None:
    assert signs_in("auditor", PASSWORD, OFFICE)
    for number in range(GUESSES_PER_ACCOUNT):
        assert not signs_in("auditor", "wrong", f"203.0.113.{number}")
    assert not signs_in("auditor", PASSWORD, ELSEWHERE)
    assert signs_in("auditor", PASSWORD, OFFICE)
