"""读热线清单: every call of a list, or what is wrong with it; no row is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from yixian.engines.hotline.hotline_cells import (
    HotlineCellFault,
    number_cell,
    phone_cell,
    text_cell,
    time_cell,
    topic_cell,
)
from yixian.engines.hotline.hotline_columns import COLUMNS, MAX_ROWS, HotlineColumn, header_of
from yixian.engines.hotline.hotline_faults import HotlineFault, fault
from yixian.engines.hotline.hotline_tables import HotlineTable, table_of
from yixian.engines.spreadsheets.page_form import column_letters

_MAX_TITLES = 10
"""Rows among which the heads are looked for."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the hotline wrote it down. ``row`` is the spreadsheet's row; ``received_at`` is local time without offset.

    ``no``, ``text`` always say something; the others may be "".
    """

    row: int
    no: str
    received_at: datetime
    name: str
    phone: str
    place: str
    text: str
    topic: str


@dataclass(frozen=True, slots=True)
class HotlineList:
    """A list as it was read: the calls without a fault, the faults, and how many rows had something in them.

    Every one of these rows is a call, or stands among the faults, or below a fault of the whole file.
    """

    calls: tuple[Call, ...]
    faults: tuple[HotlineFault, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A column where it stands in this file."""

    column: HotlineColumn
    index: int
    header: str

    def fault(self, rule: str, row: int, value: object = "", **values: object) -> HotlineFault:
        return fault(
            rule, row=row, column=self.header, letter=column_letters(self.index), value=value, **values
        )


def read_hotline(
    content: bytes, *, topics: Sequence[str] = (), latest: datetime | None = None
) -> HotlineList:
    """The calls that an .xlsx workbook or a text table (UTF-8, UTF-16 or GB 18030; comma, tab or semicolon) lists.

    Columns (`COLUMNS`) are found by their Chinese or English heads in any order. ``topics`` are those allowed, all where it
    is empty; ``latest`` is the local time after which no call can have come. At most 20,000 rows. Never raises for a bad
    file: what is wrong with it is among the faults.
    """
    table = table_of(content)
    if not table.rows:
        return HotlineList((), tuple(table.faults), 0)
    faults = _set_headers_first(table)
    placed, wrong_heads = _placed(table.rows[0][1], table.rows[0][0])
    faults += wrong_heads + table.faults
    rows = [row for row in table.rows[1:] if not _is_note_row(row[1], placed)]
    if len(rows) > MAX_ROWS:
        return HotlineList((), (*faults, fault("file.rows", rows=len(rows), most=MAX_ROWS)), len(rows))
    unsound = any(one.rule in {"column.missing", "column.twice"} for one in faults)
    calls = (
        []
        if unsound
        else list(_calls(rows, placed, table, faults, _parsers(topics, latest, table.first_day)))
    )
    return HotlineList(
        tuple(calls), tuple(sorted(faults, key=lambda one: (one.row, len(one.letter), one.letter))), len(rows)
    )


_Parser = Callable[[HotlineColumn, Any], Any]


def _parsers(topics: Sequence[str], latest: datetime | None, first_day: date) -> dict[str, _Parser]:
    return {
        "no": number_cell,
        "received_at": partial(time_cell, latest=latest, first_day=first_day),
        "phone": phone_cell,
        "topic": partial(topic_cell, topics=topics),
    }


def _set_headers_first(table: HotlineTable) -> list[HotlineFault]:
    """Find the row of heads, which may stand below a title, and leave out what is above it; that is noted."""
    known = frozenset[str]().union(*(column.headers for column in COLUMNS))
    matches = [
        sum(1 for cell in row if cell is not None and header_of(cell) in known)
        for _number, row in table.rows[:_MAX_TITLES]
    ]
    place = next((place for place, count in enumerate(matches) if count >= 2), 0)
    above = [fault("row.above", row=number) for number, _row in table.rows[:place]]
    del table.rows[:place]
    first = table.rows[0][0]
    table.faults = [one for one in table.faults if one.row == 0 or one.row >= first]
    return above


def _placed(headers: Sequence[Any], row: int) -> tuple[list[_Placed], list[HotlineFault]]:
    """Our columns among the heads, and what is wrong with the heads."""
    placed: dict[str, _Placed] = {}
    faults = []
    for index, cell in enumerate(headers):
        header = str(cell).strip() if cell is not None else ""
        column = next((one for one in COLUMNS if header_of(header) in one.headers), None)
        letter = column_letters(index)
        if column is not None and column.key not in placed:
            placed[column.key] = _Placed(column, index, header)
        elif header:
            rule = "column.unknown" if column is None else "column.twice"
            faults.append(fault(rule, row=row, column=header, letter=letter, value=header))
    for column in COLUMNS:
        if column.key not in placed:
            rule = "column.missing" if column.required else "column.absent"
            faults.append(fault(rule, row=row, column=column.zh, head=column.zh))
    return list(placed.values()), faults


def _is_note_row(row: Sequence[Any], placed: list[_Placed]) -> bool:
    """Whether this is the template's own row that says what to write."""
    return bool(placed) and all(
        one.index < len(row) and str(row[one.index]).strip() == one.column.note for one in placed
    )


def _calls(
    rows: list[tuple[int, Sequence[Any]]],
    placed: list[_Placed],
    table: HotlineTable,
    faults: list[HotlineFault],
    parsers: dict[str, _Parser],
) -> Iterator[Call]:
    """The calls without a fault; the faults of the others are added to ``faults``."""
    headers = table.rows[0][1]
    first_with: dict[str, int] = {}
    number_place = next(one for one in placed if one.column.key == "no")
    for number, row in rows:
        own = list(_without_header(number, row, headers))
        values: dict[str, Any] = dict.fromkeys((column.key for column in COLUMNS), "")
        for one in placed:
            raw = row[one.index] if one.index < len(row) else ""
            try:
                values[one.column.key] = parsers.get(one.column.key, text_cell)(one.column, raw)
            except HotlineCellFault as broken:
                own.append(one.fault(broken.rule, number, raw, **broken.values))
        if values["no"]:
            other = first_with.setdefault(values["no"], number)
            if other != number:
                own.append(number_place.fault("row.twice", number, values["no"], other=other))
        if number in table.spoiled:
            named = {(one.row, one.letter) for one in table.faults}
            own = [one for one in own if (one.row, one.letter) not in named]
            if not own and all(one.row != number for one in table.faults):
                own.append(fault("cell.merged", row=number))
        faults += own
        if not own and number not in table.spoiled:
            yield Call(row=number, **values)


def _without_header(number: int, row: Sequence[Any], headers: Sequence[Any]) -> Iterator[HotlineFault]:
    for index, cell in enumerate(row):
        has_head = index < len(headers) and str(headers[index] if headers[index] is not None else "").strip()
        if not has_head and str(cell if cell is not None else "").strip():
            yield fault("column.headless", row=number, letter=column_letters(index), value=cell)
