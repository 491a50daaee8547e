"""待查: a workbook's rows with typed values, and every fault found in single cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext_noop

from yixian.kernel.job_reports import Reporter
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.schema import SHEETS, Kind
from yixian.workbook.workbook_cells import WorkbookCellFault, parse_cell
from yixian.workbook.workbook_reader import RawSheet, read_workbook

MAY_LIE_AHEAD = frozenset({"until_date"})


@dataclass(slots=True)
class Row:
    """One row: its number in the spreadsheet and its values by column key; ``faulty`` once any rule is broken."""

    number: int
    values: dict[str, Any]
    faulty: bool = False


@dataclass(slots=True)
class Staged:
    """A workbook as read: rows by sheet key, and the faults."""

    rows: dict[str, list[Row]]
    faults: list[ImportFault] = field(default_factory=list)
    absent: dict[str, frozenset[str]] = field(default_factory=dict)
    """Sheet key → the columns that the workbook does not have; what the register holds there stays."""
    unread: dict[str, frozenset[str]] = field(default_factory=dict)
    """Sheet key → columns that could not be read, or not whole: for their heads, or as rows may stand on another tab. That is
    a fault of the sheet."""
    unfollowed: set[tuple[str, int, str]] = field(default_factory=set)
    """References (sheet, row, column) into an unread sheet: nobody can say whether they lead anywhere."""
    notes: list[ImportFault] = field(default_factory=list)
    """What is unusual, and keeps nothing out."""
    giving_up: dict[int, Row] | None = None
    """People of the register (by id) whose ID number this workbook changes, once that was looked for."""
    only_with: list[tuple[Row, Row]] = field(default_factory=list)
    """Rows that can be entered only together with another: they take a number that the other gives up."""
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    """Sheet key → column key → the letter of the column in this workbook."""

    def of(self, key: str) -> list[Row]:
        """The rows of a sheet; empty if the workbook has none."""
        return self.rows.get(key, [])

    def lacks(self, key: str, *columns: str) -> bool:
        """Whether one of these columns stands in a sheet but could not be read: what is not found there may be there."""
        return not self.unread.get(key, frozenset()).isdisjoint(columns)

    def leave_unfollowed(self, key: str, row: Row, column: str) -> None:
        """Keep a row out that refers to an unread sheet. The sheet has its fault; the row gets none of its own."""
        row.faulty = True
        self.unfollowed.add((key, row.number, column))

    def fault(self, key: str, row: Row, column: str, rule: str, **params: Any) -> None:
        """Note that a row breaks a rule in a column."""
        row.faulty = True
        value = row.values.get(column)
        self.faults.append(
            ImportFault(key, row.number, column, rule, "" if value is None else str(value), params)
        )

    def note(self, key: str, row: Row, column: str, rule: str, **params: Any) -> None:
        """Note that something in a row is unusual."""
        value = row.values.get(column)
        self.notes.append(
            ImportFault(key, row.number, column, rule, "" if value is None else str(value), params)
        )

    def put_in_order(self) -> None:
        """Faults and notes as somebody meets them who goes through the workbook: by sheet and row, each column with its
        letter. A cell that has a fault is not also unusual: what it was taken for is not what was meant."""
        faulty = {(fault.sheet, fault.row, fault.column) for fault in self.faults}
        self.notes[:] = [note for note in self.notes if (note.sheet, note.row, note.column) not in faulty]
        order = {sheet.key: number for number, sheet in enumerate(SHEETS)}
        for found in (self.faults, self.notes):
            found.sort(key=lambda fault: (order.get(fault.sheet, -1), fault.row))
            found[:] = [replace(fault, letter=fault.letter or self._letter(fault)) for fault in found]

    def _letter(self, fault: ImportFault) -> str:
        return self.letters.get(fault.sheet, {}).get(fault.column, "")


def stage(source: BinaryIO, name: str, *, today: date, report: Reporter) -> Staged:
    """Read a workbook and type every cell. Faults of form and of single cells are noted, all of them."""
    report(gettext_noop("Reading the workbook"), 0, 1)
    sheets, faults = read_workbook(source, name)
    staged = Staged({}, faults)
    twice = {fault.sheet for fault in faults if fault.rule == "sheet.twice"}
    unknown = any(fault.rule == "sheet.unknown" for fault in faults)
    total = sum(len(raw.rows) for raw in sheets.values())
    done = 0
    for sheet in SHEETS:
        raw = sheets.pop(sheet.key, None)  # what has been typed is not kept a second time as read
        if (sheet.key in twice) if raw else unknown:
            staged.unread[sheet.key] = frozenset(column.key for column in sheet.columns)
        if raw is None:
            continue
        report(gettext_noop("Checking the cells"), done, total)
        staged.absent[sheet.key] = raw.absent
        staged.letters[sheet.key] = raw.letters
        if raw.malformed or raw.unknown:
            staged.unread.setdefault(sheet.key, raw.absent)
        staged.rows[sheet.key] = [_row(raw, number, cells, staged, today) for number, cells in raw.rows]
        done += len(raw.rows)
    report(gettext_noop("Checking the cells"), total, total)
    return staged


def _row(raw: RawSheet, number: int, cells: Sequence[Any], staged: Staged, today: date) -> Row:
    row = Row(
        number,
        {column.key: EMPTY.get(column.kind, "") for column in raw.sheet.columns},
        faulty=raw.malformed or number in raw.spoiled,
    )
    for index, column in raw.columns:
        if (number, column.key) in raw.untold:
            continue
        try:
            value = parse_cell(column, cells[index])
        except WorkbookCellFault as fault:
            row.faulty = True
            shown = _as_typed(cells[index])
            staged.faults.append(
                ImportFault(raw.sheet.key, number, column.key, fault.rule, shown, fault.params)
            )
            continue
        row.values[column.key] = value
        if column.kind == Kind.ACCOUNT and isinstance(cells[index], int | float):
            staged.note(raw.sheet.key, row, column.key, "note.number_account")
        if column.kind == Kind.DATE and value and value > today and column.key not in MAY_LIE_AHEAD:
            staged.fault(raw.sheet.key, row, column.key, "cell.future")
    return row


def _as_typed(cell: Any) -> str:
    """A cell as the clerk sees it: a spreadsheet keeps 9 as 9.0."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


EMPTY: dict[Kind, Any] = {Kind.DATE: None, Kind.WHOLE: None, Kind.DECIMAL: None, Kind.YES_NO: None}
"""What stands in a cell of a kind that is empty; "" for the rest."""
