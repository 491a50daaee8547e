"""准入表 is complete: what resolves is declared, what is declared resolves, and nothing else is answered."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, path

from yixian.config import checks
from yixian.config.access_matrix import ENDPOINTS
from yixian.config.checks import CLOSED, check_matrix, url_names
from yixian.config.endpoint import FIELD_DEVICE
from yixian.kernel.roles import Role


def test_every_address_is_declared_or_closed() -> None:
    assert check_matrix() == []


def test_an_undeclared_address_stops_the_start() -> None:
    stray: URLPattern = path("stray/", lambda request: None, name="stray")
    resolver = get_resolver()
    with patch.object(resolver, "url_patterns", [*resolver.url_patterns, stray], create=True):
        found = check_matrix()
    assert [error.id for error in found] == ["yixian.E001"]
    assert "'stray'" in found[0].msg


def test_an_entry_without_an_address_stops_the_start() -> None:
    with patch.object(checks, "ENDPOINTS", ENDPOINTS | {"staff:dream": ENDPOINTS["staff:home"]}):
        found = check_matrix()
    assert [error.id for error in found] == ["yixian.E002"]


def test_every_endpoint_names_somebody() -> None:
    nobody = {name for name, endpoint in ENDPOINTS.items() if not endpoint.roles}
    assert nobody == {name for name, endpoint in ENDPOINTS.items() if endpoint == FIELD_DEVICE}


def test_administrators_reach_nothing_personal() -> None:
    personal = {name for name, endpoint in ENDPOINTS.items() if endpoint.relation in {"household", "area"}}
    assert {name for name in personal if Role.ADMINISTRATOR in ENDPOINTS[name].roles} == set()


def test_only_signing_in_the_portal_and_the_empty_field_app_are_public() -> None:
    public = {name for name, endpoint in ENDPOINTS.items() if endpoint.public}
    assert {
        name
        for name in public
        if not name.startswith(("portal:", "account_", "mfa_authenticate", "field_app:"))
    } == set()


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["accounts/signup/", "accounts/email/", "accounts/password/reset/"])
def test_closed_addresses_answer_as_if_they_were_not(client: Client, route: str) -> None:
    assert client.get(f"/{route}").status_code == 404


def test_closed_addresses_really_come_from_the_libraries() -> None:
    assert set(url_names()) >= CLOSED
    assert {name for name in CLOSED if name.startswith(("staff:", "portal:", "paper:"))} == set()
