"""只读: looking at a page changes nothing but the record of who looked. Every statement that writes is seen on its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access.answers import content_of, undone
from tests.access.askings import ASKINGS
from tests.access.world import World
from yixian.config.access_matrix import ENDPOINTS
from yixian.kernel.models import RecordRead
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.matters.models import MatterReading

pytestmark = pytest.mark.sqlite_enough
LOOKERS = (*STAFF_ROLES, Role.HOUSEHOLD, Role.PUBLIC)
READINGS = {RecordRead._meta.db_table, MatterReading._meta.db_table}
"""Who read which household's record, and which matter."""

SESSIONS = {"django_session"}
"""A session is the visitor's own: when it was last used, what a form has told them."""

_WRITES = re.compile(
    r'^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)', re.IGNORECASE
)


class Writes:
    """Notes every table that a statement writes to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITES.match(sql)
        if found:
            self.tables.add(found.group(1))
        return execute(sql, params, many, context)


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_a_get_writes_nothing_but_readings(
    name: str, world: World, client_of: Callable[[Role], Client]
) -> None:
    endpoint, asking = ENDPOINTS[name], ASKINGS[name]
    for role in [role for role in LOOKERS if endpoint.public or role in endpoint.roles][:2]:
        client, writes = client_of(role), Writes()
        url = reverse(name, kwargs=dict(asking.path(world, world.near, role)))
        data = asking.data(world, world.near, role) if asking.method == "get" else {}
        with undone(), connection.execute_wrapper(writes):
            content_of(client.get(url, dict(data)))  # type: ignore[arg-type]
        assert writes.tables - READINGS - SESSIONS == set(), role


def test_a_write_is_seen(world: World, client_of: Callable[[Role], Client]) -> None:
    """The check itself: a page whose reading is recorded is seen to write, and so is a form that is sent."""
    seen = Writes()
    clerk = client_of(Role.BUREAU_CLERK)
    with undone(), connection.execute_wrapper(seen):
        clerk.get(reverse("staff:household", args=[world.near.households[0].pk]))
    assert RecordRead._meta.db_table in seen.tables
    with undone(), connection.execute_wrapper(seen):
        ASKINGS["staff:user_active"].send(
            "staff:user_active", client_of(Role.ADMINISTRATOR), world, world.near, Role.ADMINISTRATOR
        )
    assert seen.tables - READINGS - SESSIONS
