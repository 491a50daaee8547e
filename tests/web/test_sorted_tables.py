"""排序的表: a table on a page is sorted by every heading that can be, what has no value stands last."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from yixian.web.ui.cells import NUMBER
from yixian.web.ui.tables import Column, Empty, Table

pytestmark = pytest.mark.sqlite_enough


@dataclass(frozen=True)
class Place:
    name: str
    count: int | None


COLUMNS = (
    Column[Place]("name", "Place", lambda row: row.name, place="lead"),
    Column[Place]("count", "Count", lambda row: row.count, NUMBER),
    Column[Place]("twice", "Twice", lambda row: (row.count or 0) * 2, NUMBER, unsorted="as count"),
)
PLACES = [Place("b", 10), Place("c", None), Place("a", 9)]


def page(address: str, sorted_by: str = "places") -> str:
    declared = Table[Place]("Places", COLUMNS, Empty("No place"), sorted_by=sorted_by)
    request = RequestFactory().get(address)
    return Template("{% table declared rows %}").render(
        Context({"declared": declared, "rows": PLACES, "request": request})
    )


def names(html: str) -> list[str]:
    return [part.split("<")[0] for part in html.split('<td class="lead-cell">')[1:]]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ["b", "c", "a"]),
        ("?places=name", ["a", "b", "c"]),
        ("?places=-name", ["c", "b", "a"]),
        ("?places=count", ["a", "b", "c"]),
        ("?places=-count", ["b", "a", "c"]),
        ("?places=twice", ["b", "c", "a"]),
        ("?places=nothing", ["b", "c", "a"]),
    ],
)
def test_rows_stand_as_the_address_asks(asked: str, order: list[str]) -> None:
    assert names(page(f"/{asked}")) == order


def test_headings_lead_on_and_keep_what_the_address_says_besides() -> None:
    html = page("/?day=2026-01-01&places=count")
    assert 'aria-sort="ascending"' in html
    assert 'href="?day=2026-01-01&amp;places=-count"' in html
    assert 'href="?day=2026-01-01&amp;places=name"' in html
    assert html.count('class="sorts"') == 2


def test_a_table_in_its_own_order_has_no_link() -> None:
    html = page("/?places=name", sorted_by="")
    assert names(html) == ["b", "c", "a"]
    assert "sorts" not in html
