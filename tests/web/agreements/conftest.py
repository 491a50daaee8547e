"""The valley in which agreements are signed, and a browser for everybody in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.compensation.signing import Valley, make_signing_valley
from tests.starting_states import StartingState

signing_valley = StartingState(make_signing_valley).fixture()


@pytest.fixture
def browse(signing_valley: Valley) -> Callable[[str], Client]:
    """A browser in Chinese in which the named person has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(signing_valley.users[name])
        return client

    return signed_in
