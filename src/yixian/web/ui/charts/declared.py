"""图表声明: what a chart shows — its rows are those of its table, its numbers are values of these rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from yixian.web.ui.cells import NUMBER, Kind, Text
from yixian.web.ui.tables import Table

Row = TypeVar("Row")
Number = int | float | Decimal


class ChartKind(Enum):
    """How a chart is drawn."""

    BARS = "bars"
    """横条图: a bar or several for each row, from a common line; to either side of it where values are negative."""

    SHARES = "shares"
    """构成条: each row is one whole, divided among the series."""

    COLUMNS = "columns"
    """堆叠柱: a column for each row in the order of time, its series on top of each other."""

    LINES = "lines"
    """折线: a line for each series through rows in the order of time."""


@dataclass(frozen=True)
class Series(Generic[Row]):
    """One of the quantities of a chart; None where a row has none. ``tone`` "bad" or "warn" where it is a problem."""

    name: Text
    value: Callable[[Row], Number | None]
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart(Generic[Row]):
    """The declaration of a chart.

    ``name`` is its id on the page. ``unit`` says what the numbers are, and stands above the drawing. ``label`` names a row,
    ``short`` names it at the axis of time ("" where nothing shall stand there). ``kind_of_value`` writes a value of the axis
    and of the bars. ``target`` is what a row should reach, drawn as a line across its bars; ``target_name`` says what it is.
    ``is_ahead`` says which rows of time have not come yet.
    """

    name: str
    kind: ChartKind
    title: Text
    unit: Text
    table: Table[Row]
    label: Callable[[Row], Text]
    series: tuple[Series[Row], ...]
    kind_of_value: Kind = NUMBER
    short: Callable[[Row], Text] | None = None
    target: Callable[[Row], Number | None] | None = None
    target_name: Text = ""
    is_ahead: Callable[[Row], bool] | None = None
    note: Text = ""

    def keyed(self, key: object) -> Chart[Row]:
        """The same under an id of its own, where several stand on a page."""
        return replace(self, name=f"{self.name}-{key}") if key else self

    def shown(self, value: Number | None) -> str:
        """A value as plain words; safe within SVG text, as the kinds of numbers write no markup."""
        return "" if value is None else str(self.kind_of_value.html(value))
