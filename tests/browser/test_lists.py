"""列表, every one that is declared: sorted by its headings with the keyboard alone, on a phone by its select."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from tests.browser.house import House
from tests.browser.readers import Readers
from tests.browser.test_pages import PAGES, value_of
from tests.browser.visits import Visitor
from yixian.web.ui.lists import LISTS

_LOADED = get_resolver().url_patterns  # every room declares its lists as its addresses are read
ELSEWHERE = {"staff:revision_outcome"}
"""Needs a decided revision: looked at and sorted in test_hero.py."""

ONLY_WITH_ERRORS = {"staff:import"}
"""Shown where a workbook has errors: one is read in test_import.py."""

SORTED = sorted(
    (
        name
        for name, declared in LISTS.items()
        if name not in ELSEWHERE | ONLY_WITH_ERRORS
        and any(not one.unsorted for one in declared.table.on_page)
    ),
    key=lambda name: (PAGES[name][0], name),
)
"""Ordered by who reads them."""


def opened(name: str, house: House, reader: Readers, width: int) -> Visitor:
    who, ids = PAGES[name]
    guest = reader.of(who, "", width=width)
    guest.go(reverse(name, kwargs={key: value_of(key, house) for key in ids}))
    return guest


def test_every_declared_list_is_looked_at() -> None:
    assert len(LISTS) >= 4
    assert set(LISTS) - set(PAGES) == ELSEWHERE


@pytest.mark.parametrize("name", SORTED)
def test_a_heading_sorts_by_keyboard(name: str, worked: House, reader: Readers) -> None:
    guest = opened(name, worked, reader, 1440)
    if not guest.page.locator("th a.sorts").count():
        assert guest.page.locator("#results .empty").count()
        return
    guest.sort_by_keyboard()
    assert guest.barriers() == []
    assert guest.complaints == []


@pytest.mark.parametrize("name", SORTED)
def test_a_phone_sorts_by_its_select(name: str, worked: House, reader: Readers) -> None:
    guest = opened(name, worked, reader, 390)
    filters = guest.page.locator("details.filters")
    if filters.get_attribute("open") is None:
        filters.locator("summary").click()
    sort = guest.page.locator("#sort")
    value = sort.locator("option").nth(1).get_attribute("value")
    with guest.page.expect_response(lambda response: f"sort={value}" in response.url):
        sort.select_option(value)
    guest.page.wait_for_url(lambda url: f"sort={value}" in url)
    assert guest.too_wide() == []
    assert guest.barriers() == []
    assert guest.complaints == []
