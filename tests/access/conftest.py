"""The two valleys, built once for all tests of access and undone after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.access.world import World, build_world
from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY
from yixian.kernel.roles import Role
from yixian.web.portal.household_session import BEGAN


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The world of one file of tests, in a transaction around theirs, which is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    """The world, for one test."""
    return built_world


@pytest.fixture
def client_of(world: World) -> Callable[[Role], Client]:
    """A browser in which somebody of a role is signed in: staff of the near valley, its first household, or nobody."""

    def make(role: Role) -> Client:
        client = Client()
        if role == Role.HOUSEHOLD:
            session = client.session
            session[HOUSEHOLD_SESSION_KEY] = world.near.households[0].pk
            session[BEGAN] = int(timezone.now().timestamp())
            session.save()
        elif role != Role.PUBLIC:
            client.force_login(world.users[role])
        return client

    return make
