"""The place of matters, and a browser for everybody in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place, make_place


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


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Place:
    """The place, with a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return make_place()


@pytest.fixture
def browse(place: Place) -> Callable[[str], Client]:
    """A browser in Chinese in which somebody of the place has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(place.users[name])
        return client

    return signed_in
