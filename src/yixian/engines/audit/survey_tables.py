"""表的读入: items, sheets, measures and totals of a survey from CSV files; every bad row is named by file, line and column.

Columns (those in brackets may be missing; others are left aside):

  items     line_id, household_id, item_code[, quantity (or area_mu)][, unit][, instance][, lon, lat][, parcel_mu][, parcel (m²)]
            [, photographs (names, parted by blanks or ;)][, any column that ends in _on: a day]
  sheets    instance, household_id, measurer, second, at, lon, lat, parcel_mu[, sheet][, area_code][, cutoff]
  measures  line_id, name, value (as `yixian survey read` writes them)
  totals    area_code, map_mu[, item (a category or an item_code)]
  photo_lines  photograph (a path in the folder of photographs), line_id (as `yixian survey read` writes them)
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from yixian.domain.written_numbers import WrittenNumberError, written_number
from yixian.engines.audit.surveyed import MapTotal, SurveyedItem, SurveyedSheet, SurveyTables
from yixian.engines.audit.table_rows import TableReading, TableRow, TablesInvalid

ITEMS = ("line_id", "household_id", "item_code")
SHEETS = ("instance", "household_id", "measurer", "second", "at", "lon", "lat", "parcel_mu")
MEASURES = ("line_id", "name", "value")
TOTALS = ("area_code", "map_mu")
PHOTO_LINES = ("photograph", "line_id")
_OF_SURVEY = frozenset({"measured_on", "surveyed_on", "signed_on"})
_DAY = re.compile(r".+_on|day|date|.*日期")
_MU_OF_M2 = Decimal(15) / 10000


def read_survey_tables(
    items: Path,
    sheets: Path,
    *,
    measures: Path | None = None,
    totals: Path | None = None,
    photo_lines: Path | None = None,
    units: dict[str, str] | None = None,
) -> SurveyTables:
    """The tables of a survey. Raises `TablesInvalid` naming every bad row."""
    reading = TableReading()
    found_sheets = reading.table(sheets, SHEETS, _sheet, "instance")
    instances = {one.instance for one in found_sheets}
    found_items = reading.table(items, ITEMS, lambda row: _item(row, instances), "line_id")
    known = {one.line_id for one in found_items}
    measured = _Measured(known)
    for row in reading.rows(measures, MEASURES) if measures is not None else ():
        measured.read(row)
    found_totals = reading.table(totals, TOTALS, _total)
    lines = reading.table(photo_lines, PHOTO_LINES, lambda row: _photo_line(row, known), "photograph")
    if reading.faults:
        raise TablesInvalid(reading.faults)
    return SurveyTables(
        items=tuple(found_items),
        sheets=tuple(found_sheets),
        measures=tuple(measured.numbers),
        item_days={line: tuple(named) for line, named in measured.days.items()},
        parcels=measured.parcels,
        photographs=dict(lines),
        totals=tuple(found_totals),
        units=units or {},
    )


def read_sheets(sheets: Path) -> list[SurveyedSheet]:
    """The sheets of a survey alone. Raises `TablesInvalid` naming every bad row."""
    reading = TableReading()
    found = reading.table(sheets, SHEETS, _sheet, "instance")
    if reading.faults:
        raise TablesInvalid(reading.faults)
    return found


def _item(row: TableRow, instances: set[str]) -> SurveyedItem:
    instance = row.text("instance").removeprefix("uuid:")
    if instance and instance not in instances:
        row.refuse("instance", f"没有“{instance}”这张表。", f"There is no sheet “{instance}”.")
    days = [(name, day) for name in row.cells if _is_day(name) and (day := row.day(name))]
    parcel = row.number("parcel_mu")
    square_metres = row.number("parcel")
    if parcel is None and square_metres is not None:
        parcel = square_metres * _MU_OF_M2
    quantity, unit = row.number("quantity"), row.text("unit")
    if quantity is None and row.text("area_mu"):
        quantity, unit = row.number("area_mu"), "mu"
    return SurveyedItem(
        line_id=row.filled("line_id"),
        household_id=row.filled("household_id"),
        item_code=row.filled("item_code"),
        quantity=quantity,
        unit=unit,
        instance=instance,
        position=row.position(),
        is_exact=row.is_exact,
        days=tuple(days),
        parcel_mu=parcel,
        photographs=tuple(re.split(r"[;；|\s]+", row.text("photographs"))) if row.text("photographs") else (),
    )


def _sheet(row: TableRow) -> SurveyedSheet:
    return SurveyedSheet(
        instance=row.filled("instance").removeprefix("uuid:"),
        household_id=row.filled("household_id"),
        measurer=row.text("measurer"),
        second=row.text("second"),
        day=row.day("at"),
        position=row.position(),
        is_exact=row.is_exact,
        parcel_mu=row.number("parcel_mu"),
        sheet_id=row.text("sheet"),
        area_code=row.text("area_code"),
        cutoff=row.day("cutoff"),
    )


@dataclass(slots=True)
class _Measured:
    """What measures are: numbers, days, and what a parcel is said to have; a choice is nothing to be checked here."""

    known: set[str]
    numbers: list[tuple[str, str, Decimal]] = field(default_factory=list)
    days: dict[str, list[tuple[str, date]]] = field(default_factory=lambda: defaultdict(list))
    parcels: dict[str, Decimal] = field(default_factory=dict)

    def read(self, row: TableRow) -> None:
        line, name = _known_line(row, self.known), row.filled("name")
        try:
            value = written_number(row.text("value"))
        except WrittenNumberError:
            if _is_day(name) and (day := row.day("value")):
                self.days[line].append((name, day))
            return
        if name in {"parcel", "parcel_mu"}:
            self.parcels[line] = value * (_MU_OF_M2 if name == "parcel" else 1)
        elif not _is_day(name):
            self.numbers.append((line, name, value))


def _total(row: TableRow) -> MapTotal:
    row.filled("map_mu")
    return MapTotal(row.filled("area_code"), row.text("item"), row.number("map_mu") or Decimal(0))


def _photo_line(row: TableRow, known: set[str]) -> tuple[str, str]:
    return row.filled("photograph"), _known_line(row, known)


def _known_line(row: TableRow, known: set[str]) -> str:
    line = row.filled("line_id")
    if line and line not in known:
        row.refuse("line_id", f"items 里没有“{line}”。", f"“{line}” is not among the items.")
    return line


def _is_day(column: str) -> bool:
    """Whether a column names a day of the item, and not one of the survey."""
    return bool(_DAY.fullmatch(column)) and column not in _OF_SURVEY
