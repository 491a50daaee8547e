"""The place that matters are tested in, on its own day, with the household's card and browsers that keep what they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import AT, SYSTEM, Place, make_place
from tests.starting_states import StartingState
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


@patch.object(timezone, "now", return_value=AT)
def _make_place(_now: object) -> Place:
    return make_place()


place_by_itself = StartingState(_make_place).fixture()


@pytest.fixture
def place(place_by_itself: Place, clock: Clock) -> Place:
    """The place on its own day."""
    return place_by_itself


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
