"""The null character is in no text that anybody means: whatever holds it is not there, on either database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from yixian.kernel.roles import Role

pytestmark = pytest.mark.django_db
SEARCHES = (
    "/staff/agreements/",
    "/staff/agreements/export.csv",
    "/staff/households/",
    "/staff/organisations/",
    "/staff/library/",
    "/staff/matters/",
    "/staff/policies/",
    "/policy/",
    "/policy/prices/",
)


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_for_it(address: str, client_of: Callable[[Role], Client]) -> None:
    clerk = client_of(Role.BUREAU_CLERK)
    assert clerk.get(address, {"q": "赵\x00"}).status_code == 404
    assert clerk.get(address, {"q": "赵"}).status_code == 200


def test_nor_posted_nor_in_an_address(client_of: Callable[[Role], Client]) -> None:
    clerk = client_of(Role.BUREAU_CLERK)
    assert clerk.post("/policy/ask/", {"text": "围墙\x00怎么赔"}).status_code == 404
    assert clerk.get("/policy/documents/a%00b/c/").status_code == 404
