"""压缩: public pages are small on the way; nothing that knows its visitor is compressed."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.test import Client

from yixian.kernel.models import User
from yixian.kernel.roles import Role

pytestmark = pytest.mark.django_db
TAKES = {"Accept-Encoding": "gzip"}


def test_a_public_page_is_compressed() -> None:
    plain = Client().get("/policy/prices/")
    packed = Client().get("/policy/prices/", headers=TAKES)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_a_chosen_language_is_no_secret() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    assert client.get("/", headers=TAKES)["Content-Encoding"] == "gzip"


def test_a_page_with_a_form_token_is_not() -> None:
    page = Client().get("/accounts/login/", headers=TAKES)
    assert b"csrfmiddlewaretoken" in page.content
    assert "Content-Encoding" not in page


@pytest.mark.parametrize("path", ["/", "/left/", "/staff/", "/staff/households/"])
def test_nothing_for_the_signed_in(staff: Callable[..., User], path: str) -> None:
    client = Client()
    client.force_login(staff("clerk", Role.BUREAU_CLERK))
    page = client.get(path, headers=TAKES)
    assert page.status_code == 200
    assert "Content-Encoding" not in page


def test_nor_for_who_takes_none() -> None:
    assert "Content-Encoding" not in Client().get("/")
