"""The place that matters are tested in, on its own day, with the household's card and browsers that keep what they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import AT, SYSTEM, Place, make_place
from yixian.registry.actions.issue_cards import issue_cards


class Clock:
    """What time it is for the pages."""

    def __init__(self) -> None:
        self.at: datetime = AT

    def __call__(self) -> datetime:
        """Now."""
        return self.at


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The moment of the place, until a test moves it."""
    now = Clock()
    with patch.object(timezone, "now", side_effect=now):
        yield now


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path, clock: Clock) -> Place:
    """The place."""
    settings.MEDIA_ROOT = tmp_path
    return make_place()


@pytest.fixture
def family(place: Place) -> Client:
    """A browser in which our household has shown its card."""
    card = issue_cards([place.ours.pk], actor=SYSTEM, at=AT)[0]
    client = Client()
    assert client.post("/c/", {"code": card.code, "pin": card.pin}).status_code == 302
    return client


@pytest.fixture
def browse(place: Place) -> Callable[[str], Client]:
    """A browser in which somebody of the place has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(place.users[name])
        return client

    return signed_in
