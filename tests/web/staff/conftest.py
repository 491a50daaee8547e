"""The small county, and a signed-in browser for each of its users."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests.starting_states import StartingState
from tests.web.staff.county import County, small_county


@pytest.fixture(autouse=True)
def no_progress_of_other_tests() -> None:
    """Jobs of different tests bear the same numbers, and progress is kept outside the database."""
    cache.clear()


county = StartingState(small_county).fixture()


@pytest.fixture
def browse(county: County) -> Callable[[str], Client]:
    """A browser in Chinese in which the named user of the county has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(county.users[name])
        return client

    return signed_in
