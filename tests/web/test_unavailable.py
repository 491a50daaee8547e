"""数据库不答: a database that is locked, full or away is said in words, with when to come again; a HEAD is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client

from yixian.web.portal import entrance

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", ["database is locked", "database or disk is full", "disk I/O error"])
def test_it_is_503_in_words(client: Client, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError(reason)

    monkeypatch.setattr(entrance, "render", fail)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "请半分钟后再试" in answer.content.decode()
    assert reason not in answer.content.decode()


@pytest.mark.parametrize("number", [28, 122])
def test_a_full_disk_is_503_in_words(client: Client, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(entrance, "render", fail)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "存储已满" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/policy/", "/c/"])
def test_the_head_of_a_page_is_that_of_the_page(client: Client, address: str) -> None:
    assert client.head(address).status_code == 200


def test_other_methods_are_refused_with_those_that_are_allowed(client: Client) -> None:
    answer = client.delete("/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


@pytest.mark.parametrize(
    ("reason", "is_ours"),
    [("UNIQUE constraint failed: registry_household.household_no", False), ("append-only", True)],
)
def test_whoever_was_slower_reads_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch, reason: str, is_ours: bool
) -> None:
    """Of two at the same moment the database refuses one. What else it refuses stays our fault."""

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError(reason)

    monkeypatch.setattr(entrance, "render", fail)
    if is_ours:
        with pytest.raises(IntegrityError):
            client.get("/")
        return
    answer = client.get("/")
    assert answer.status_code == 409
    assert "比您快了一步" in answer.content.decode()
