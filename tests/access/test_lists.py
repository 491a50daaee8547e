"""列表, every one that is declared: what it shows, counts and lets out is the reader's own, in every order and file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.access.answers import content_of, undone
from tests.access.askings import ASKINGS
from tests.access.conftest import FailedParts
from tests.access.databases import roles_here
from tests.access.world import World, secrets_of
from yixian.config.access_matrix import ENDPOINTS
from yixian.duty.access import complete
from yixian.kernel.actors import Actor
from yixian.kernel.grants import actor_for
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.web.ui.lists import LISTS, ListPage

_LOADED = get_resolver().url_patterns  # every room declares its lists as its addresses are read
NAMES = sorted(LISTS)

BUDGET = 14
"""Statements a page of a list takes at most, signing in among them."""

BUDGETS: dict[str, int] = {
    "staff:matters": 16,  # seven figures stand above it
    "staff:revision_outcome": 15,  # the cases that wait, and what is paid in all, stand above the differences
    "staff:duty_organisation": 15,  # above its people stand coverage and loads where the body is stationed
    "staff:visits": 18,  # figures of all, and who waits longest with the latest reminder, stand around its bodies
    "staff:system": 19,  # above its list: counts, regular work, ways of sending, matters that cannot be followed
}
"""Lists that take more, each with its reason beside it."""

ALWAYS_EMPTY: dict[str, str] = {
    "staff:import": "the workbooks of this world are sound; one with errors is read in tests/browser/test_import.py",
}
"""Lists of which this world has no row, each with where its scope is tested instead."""

Clients = Callable[[Role], Client]


def roles_of(name: str) -> list[Role]:
    """Staff who may ask for a list."""
    return [role for role in STAFF_ROLES if role in ENDPOINTS[name].roles]


def actor_of(world: World, role: Role) -> Actor:
    now = timezone.now()
    return complete(actor_for(world.users[role], at=now), on=timezone.localtime(now).date())


def kwargs_of(name: str, world: World, role: Role) -> dict[str, object]:
    return dict(ASKINGS[name].path(world, world.near, role))


def tabs_of(name: str, world: World, role: Role) -> list[str]:
    """The tabs of a list; one without a name where it has none."""
    tabs = LISTS[name].tabs
    return [str(value) for value, _word in tabs.shown(actor_of(world, role))] if tabs else [""]


def found_by(name: str, world: World, role: Role, tab: str = "") -> ResultSet[object]:
    """What the list's query gives somebody who limits nothing, behind a tab or the one to begin with."""
    declared = LISTS[name]
    given = {declared.tabs.name: tab} if declared.tabs else {}
    return declared.rows(
        declared.query(actor_of(world, role), timezone.now(), given, kwargs_of(name, world, role))
    )


def address_of(name: str, world: World, role: Role, **more: str) -> str:
    return reverse(name, kwargs={**kwargs_of(name, world, role), **more})


def files_of(declared: ListPage[object], world: World, role: Role, client: Client) -> Iterator[HttpResponse]:
    """A list's file: as a spreadsheet for the first that may have it, as text for everybody else. Both are of the same rows."""
    first = next(one for one in roles_of(declared.url) if one in ENDPOINTS[declared.export].roles)
    for file_format in ("csv", "xlsx") if role == first else ("csv",):
        yield client.get(address_of(declared.export, world, role, file_format=file_format))


def rows_of(file: bytes) -> int:
    """Rows below the headings of a file of either kind."""
    if file.startswith(b"PK"):
        return openpyxl.load_workbook(io.BytesIO(file)).active.max_row - 1
    return len(list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))) - 1


def test_lists_are_declared_for_addresses_that_are_asked() -> None:
    assert len(NAMES) >= 4
    for name in NAMES:
        assert name in ASKINGS
        assert ENDPOINTS[name].roles
        leads = [column.name for column in LISTS[name].table.columns if column.place == "lead"]
        assert len(leads) == 1, f"{name}: one column is the title of a phone's card, not {leads}"
        for action in LISTS[name].actions:
            assert action.url in ENDPOINTS, f"{name}: a button leads to {action.url}, which is no address"
        if LISTS[name].export:
            assert ENDPOINTS[LISTS[name].export].roles <= ENDPOINTS[name].roles


@pytest.mark.parametrize("name", NAMES)
def test_page_count_and_files_hold_ones_own_alone(
    name: str, world: World, client_of: Clients, parts: FailedParts
) -> None:
    declared = LISTS[name]
    for role in roles_here(roles_of(name)):
        with parts.test(str(role)), undone():
            secrets, client = secrets_of(world, role), client_of(role)
            page = client.get(address_of(name, world, role))
            assert page.status_code == 200
            assert not secrets.findall(content_of(page))
            total = page.context["list"].page.total
            assert total == found_by(name, world, role).count()
            if declared.export and role in ENDPOINTS[declared.export].roles:
                for response in files_of(declared, world, role, client):
                    file = b"".join(response)
                    assert rows_of(file) == total
                    assert not secrets.findall(file)


@pytest.mark.parametrize("name", NAMES)
def test_this_world_has_something_to_hide_or_show(name: str, world: World) -> None:
    shown = any(
        found_by(name, world, role, tab).count()
        for role in roles_of(name)
        for tab in tabs_of(name, world, role)
    )
    assert shown is not (name in ALWAYS_EMPTY)


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_sorts_or_says_why_not(name: str, world: World, client_of: Clients) -> None:
    role = max(roles_of(name), key=lambda role: found_by(name, world, role).count())
    found = found_by(name, world, role)
    total, everybody = found.count(), keys(found)
    for column in LISTS[name].table.columns:
        if column.unsorted:
            continue
        assert column.name in found.orders, f"{name}: nothing sorts {column.name}"
        up, down = found.ordered(column.name), found.ordered(column.name, descending=True)
        assert keys(up) == keys(down) == everybody
        page = client_of(role).get(address_of(name, world, role), {"sort": f"-{column.name}"})
        assert page.context["list"].page.total == total
        assert (
            total == 0 or column not in LISTS[name].table.on_page or b'aria-sort="descending"' in page.content
        )


def keys(found: ResultSet[object]) -> list[str]:
    """What there is, in no order."""
    return sorted(str(getattr(row, "pk", row)) for row in found.source)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_budget_and_asks_no_more_for_more_rows(
    name: str, world: World, client_of: Clients
) -> None:
    role = max(roles_of(name), key=lambda role: found_by(name, world, role).count())
    client = client_of(role)
    client.get(address_of(name, world, role))
    with CaptureQueriesContext(connection) as asked:
        client.get(address_of(name, world, role))
    assert len(asked) <= BUDGETS.get(name, BUDGET)
    found = found_by(name, world, role)
    statements_for(
        name, found, 0, 50
    )  # what is remembered of these rows is remembered: rows alone may be, from another test
    alone = [statements_for(name, found, start, 1) for start in range(max(1, min(found.count(), 8)))]
    assert statements_for(name, found, 0, 50) <= max(alone)


def statements_for(name: str, found: ResultSet[object], start: int, size: int) -> int:
    """What a window of rows takes, drawn too. A row of which less is known takes less: the fullest one says how many."""
    with CaptureQueriesContext(connection) as asked:
        LISTS[name].table.rows_html(found.window(start, size))
    return len(asked)
