"""A township with cadres and party members beside all its households, and who may arrange, lead, look on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.duty.place import Place, make_place, pair_all
from tests.factories import make_user
from tests.starting_states import StartingState
from yixian.kernel.models import User
from yixian.kernel.roles import Role


@dataclass
class Room:
    """The place, and a user for each name."""

    place: Place
    users: dict[str, User]

    def browse(self, name: str) -> Client:
        """A browser in Chinese in which the named person has signed in."""
        client = Client()
        client.force_login(self.users[name])
        return client


def make_room(*, pair: bool = True, **size: int) -> Room:
    """Three cadres, two party members in each of two villages, eight households, unless said otherwise."""
    place = make_place(**size)
    if pair:
        pair_all(place, on=timezone.localdate())
    users = {
        "clerk": make_user(Role.BUREAU_CLERK),
        "township": make_user(Role.TOWNSHIP_LEAD, area_path=place.township.path),
        "auditor": make_user(Role.AUDITOR),
        "department": make_user(Role.DEPARTMENT_LEAD, organisation=place.department),
        "cadre": make_user(Role.CADRE, helper_id=place.cadres[0].pk),
    }
    return Room(place, users)


room = StartingState(make_room).fixture()


@pytest.fixture
def furnish(db: None) -> Callable[..., Room]:
    """Makes the room, of any size."""
    return make_room


@pytest.fixture(autouse=True)
def no_progress_of_other_tests() -> None:
    """Jobs of different tests bear the same numbers, and progress is kept outside the database."""
    cache.clear()


def text_of(response) -> str:
    """The page in one line."""
    return " ".join(response.content.decode().split())
