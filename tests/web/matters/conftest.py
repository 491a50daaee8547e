"""The place of matters, and a browser for everybody in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place, make_place
from tests.starting_states import StartingState


@pytest.fixture(autouse=True)
def no_progress_of_other_tests() -> None:
    """Jobs of different tests bear the same numbers, and progress is kept outside the database."""
    cache.clear()


NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
"""Thursday, 26 November 2026, ten in the morning in Shanghai: what is due when depends on weekends and known years."""


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment at which every page is asked for, unless a test moves it."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@patch.object(timezone, "now", return_value=NOW)
def _make_place(_now: object) -> Place:
    return make_place()


place = StartingState(_make_place).fixture()


@pytest.fixture
def browse(place: Place) -> Callable[[str], Client]:
    """A browser in Chinese in which somebody of the place has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(place.users[name])
        return client

    return signed_in
