"""The county of matters, and a browser for each of its people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.matters.place import Place, make_place

Browse = Callable[[str], Client]


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Place:
    """The place."""
    settings.MEDIA_ROOT = tmp_path
    return make_place()


@pytest.fixture
def browse(place: Place) -> Browse:
    """A browser in Chinese in which the named person has signed in; of nobody for an empty name."""

    def signed_in(name: str) -> Client:
        client = Client()
        if name:
            client.force_login(place.users[name])
        return client

    return signed_in
