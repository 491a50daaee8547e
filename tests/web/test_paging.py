"""分页: every row of a list stands on exactly one page, and a page that is not there is the nearest that is."""

from __future__ import annotations

import pytest

from yixian.kernel.result_sets import ResultSet
from yixian.web.ui.paging import window_of


@pytest.mark.parametrize("total", [0, 1, 24, 25, 26, 49, 50, 51])
def test_every_row_stands_on_one_page(total: int) -> None:
    found, rows, number = ResultSet[int](range(total)), [], 1
    while True:
        page = window_of(found, str(number))
        assert (page.number, page.total, page.first, page.last) == (
            number,
            total,
            min(total, len(rows) + 1),
            len(rows) + len(page.rows),
        )
        assert page.previous == (number - 1 or None)
        rows += page.rows
        if page.next is None:
            break
        number = page.next
    assert rows == list(range(total))


@pytest.mark.parametrize(
    ("asked", "number"), [(None, 1), ("", 1), ("x", 1), ("0", 1), ("-1", 1), ("3", 3), ("9", 3), ("２", 1)]
)
def test_the_nearest_page_there_is(asked: str | None, number: int) -> None:
    assert window_of(ResultSet[int](range(51)), asked).number == number
