"""The two valleys, built once for all tests of access and undone after them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.access.world import World, build_world
from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.web.portal.household_session import BEGAN


@pytest.fixture(scope="package")
def built_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of this folder's tests, in a transaction around theirs, which is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def sessions(built_world: World, django_db_blocker: DjangoDbBlocker) -> dict[Role, SimpleCookie]:
    """The cookies of everybody who is signed in, made once."""
    with django_db_blocker.unblock():
        return {role: _signed_in(built_world, role).cookies for role in (*STAFF_ROLES, Role.HOUSEHOLD)}


@pytest.fixture
def world(built_world: World, sessions: dict[Role, SimpleCookie], db: None) -> World:
    """The world, for one test."""
    return built_world


@pytest.fixture
def client_of(world: World, sessions: dict[Role, SimpleCookie]) -> Callable[[Role], Client]:
    """A browser in which somebody of a role is signed in: staff of the near valley, its first household, or nobody."""

    def make(role: Role) -> Client:
        client = Client()
        client.cookies = copy.deepcopy(sessions.get(role, SimpleCookie()))
        return client

    return make


class FailedParts:
    """Subtests of which only those that fail are reported: thousands of reports cost more than a tenth of what they tell."""

    def __init__(self, subtests: pytest.Subtests) -> None:
        self._subtests = subtests

    @contextmanager
    def test(self, what: str) -> Iterator[None]:
        """A part of a test; the others go on where it fails."""
        try:
            yield
        except Exception:
            with self._subtests.test(what):
                raise


@pytest.fixture
def parts(subtests: pytest.Subtests) -> FailedParts:
    """The parts of one test."""
    return FailedParts(subtests)


def _signed_in(world: World, role: Role) -> Client:
    client = Client()
    if role == Role.HOUSEHOLD:
        session = client.session
        session[HOUSEHOLD_SESSION_KEY] = world.near.households[0].pk
        session[BEGAN] = int(timezone.now().timestamp())
        session.save()
    else:
        client.force_login(world.users[role])
    return client
