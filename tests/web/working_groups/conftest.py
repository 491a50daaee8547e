"""The county that working groups are tested in, as people meet it in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.working_groups.conftest import (
    adopted,
    answered,
    checked,
    county,
    decided,
    drawn,
    group,
    replied,
    revision,
    signal,
)
from tests.working_groups.county import County

Browse = Callable[[str], Client]

__all__ = [
    "adopted",
    "answered",
    "checked",
    "county",
    "decided",
    "drawn",
    "group",
    "replied",
    "revision",
    "signal",
]


@pytest.fixture
def browse(county: County) -> Browse:
    """A browser in which somebody of the county is signed in."""

    def make(name: str) -> Client:
        client = Client()
        if name:
            client.force_login(county.users[name])
        return client

    return make
