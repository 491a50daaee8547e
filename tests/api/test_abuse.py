"""The API asked for nonsense, for too much, and by whoever may not: a refusal each time, and no row of others."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from tests.factories import make_household, make_user
from yixian.kernel.roles import STAFF_ROLES, Role

pytestmark = pytest.mark.django_db
NONSENSE = (
    "-1",
    "0",
    "9" * 30,
    "1.5",
    "x",
    "",
    "'; DROP TABLE registry_household; --",
    "\u202e",
    "%",
    "_",
    "a" * 5000,
)
NAMES = ("offset", "limit", "search", "area", "parent", "is_superuser")


@pytest.fixture
def clerk() -> Client:
    household, client = make_household(head="单小芳"), Client()
    client.force_login(make_user(Role.BUREAU_CLERK, area_path=household.area_path[:12]))
    return client


@pytest.mark.parametrize("path", ["/api/v1/areas", "/api/v1/households"])
def test_nonsense_is_no_error_of_ours_and_shows_nobody_else(clerk: Client, path: str) -> None:
    far = make_household(head="远方人")
    for name, value in itertools.product(NAMES, NONSENSE):
        answer = clerk.get(path, {name: value})
        assert answer.status_code in {200, 404, 422}, (name, value)
        assert answer.headers["Content-Type"].startswith("application/json")
        assert far.household_no not in answer.content.decode()


@pytest.mark.parametrize("number", ["-1", "0", "9" * 30, "1.5", "x", "1;2", "%00", "1%20OR%201=1"])
def test_a_number_that_is_none_finds_nothing(clerk: Client, number: str) -> None:
    for path in (f"/api/v1/households/{number}", f"/api/v1/households/{number}/visits"):
        assert clerk.get(path).status_code in {404, 422}


def test_nothing_is_written_by_any_method(clerk: Client) -> None:
    for send in (clerk.post, clerk.put, clerk.patch, clerk.delete):
        assert (
            send("/api/v1/households", {"area_path": ""}, content_type="application/json").status_code == 405
        )


def test_a_page_is_bounded(clerk: Client) -> None:
    for _one in range(3):
        make_household()
    answer = clerk.get("/api/v1/households", {"limit": "1000000"})
    assert answer.status_code == 422 or len(answer.json()["items"]) <= 200


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_nobody_gets_a_sealed_value(role: Role) -> None:
    household, client = make_household(head="单小芳"), Client()
    household.phone = "13912345678"
    household.save()
    client.force_login(make_user(role, area_path=household.area_path[:12]))
    assert "13912345678" not in client.get("/api/v1/households").content.decode()
