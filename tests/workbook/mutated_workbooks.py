"""改坏的工作簿: the register's own export, and the ways in which a workbook is spoiled on somebody's desk.

A way changes one workbook and says where: the sheet and row that must be named, or that the register must stay as it is, or which
single cell may read otherwise than it stood. What is right follows from the way alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from yixian.workbook.schema import sheet

from .books import FIRST, column, page

Book = openpyxl.Workbook


@dataclass(frozen=True)
class Right:
    """``named``: a fault must stand at this sheet and row (0: anywhere in the sheet, "" anywhere). ``same``: the register
    stays as it is, whether the workbook is read or a fault is named there."""

    sheet: str = ""
    row: int = 0
    named: bool = False


Way = Callable[[Random, Book], Right]
_TYPED = (
    ("items", "quantity"),
    ("households", "difficulty"),
    ("persons", "birth_date"),
    ("items", "surveyed_on"),
)


def _row(draw: Random, rows: Worksheet) -> int:
    return draw.randint(FIRST, rows.max_row)


def _cell(key: str, name: str, *values: object, named: bool = True) -> Way:
    """One cell with something else in it."""

    def spoil(draw: Random, book: Book) -> Right:
        number = _row(draw, page(book, key))
        page(book, key).cell(number, column(key, name)).value = draw.choice(values)  # type: ignore[assignment]
        return Right(key, number, named)

    return spoil


def _error(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("households", "phone"), ("households", "bank_account"), *_TYPED])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    cell.value, cell.data_type = draw.choice(["#N/A", "#REF!", "#VALUE!"]), "e"
    return Right(key, number, named=True)


def _formula(draw: Random, book: Book) -> Right:
    """A formula; a file that no spreadsheet has opened since has no value for it."""
    key, name = draw.choice(_TYPED)
    number = _row(draw, page(book, key))
    page(book, key).cell(number, column(key, name)).value = draw.choice(["=1+2", "=A3", "=VLOOKUP(A3,B:C,2)"])
    return Right(key, number, named=True)


def _merged(draw: Random, book: Book) -> Right:
    key, name = draw.choice(_TYPED)
    rows, at = page(book, key), column(key, name)
    number = draw.randint(FIRST, rows.max_row - 1)
    rows.merge_cells(start_row=number, start_column=at, end_row=number + 1, end_column=at)
    return Right(key, 0, named=True)


def _doubled_column(draw: Random, book: Book) -> Right:
    key, name = draw.choice(_TYPED)
    rows, at = page(book, key), column(key, name)
    last = rows.max_column + 1
    for number in range(1, rows.max_row + 1):
        rows.cell(number, last).value = rows.cell(number, at).value if number < FIRST else 1
    return Right(key, 0, named=True)


def _renamed_column(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("items", "quantity"), ("items", "line_no"), ("persons", "person_no")])
    page(book, key).cell(1, column(key, name)).value = draw.choice(["数", "数量（亩）", "编号2", "Menge"])
    return Right(key, 0, named=True)


def _shuffled(draw: Random, book: Book) -> Right:
    key = draw.choice(["items", "households", "persons"])
    rows = page(book, key)
    order = draw.sample(range(rows.max_column), rows.max_column)
    for cells in ([[cell.value for cell in row] for row in rows.iter_rows()],):
        for number, values in enumerate(cells, 1):
            for at, place in enumerate(order, 1):
                rows.cell(number, at).value = values[place]
    return Right(key)


def _total_row(draw: Random, book: Book) -> Right:
    rows = page(book, "items")
    number = rows.max_row + 1
    rows.cell(number, draw.choice([1, 2])).value = "合计"
    rows.cell(number, column("items", "quantity")).value = 9999
    return Right("items", number, named=True)


def _number_as_text(draw: Random, book: Book) -> Right:
    number = _row(draw, page(book, "items"))
    cell = page(book, "items").cell(number, column("items", "quantity"))
    cell.value = str(cell.value)
    return Right("items", number)


def _text_as_number(draw: Random, book: Book) -> Right:
    """Codes and ID numbers that became numbers: cut after fifteen digits, or named."""
    key, name = draw.choice(
        [("persons", "id_number"), ("households", "group_code"), ("households", "household_no")]
    )
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    digits = "".join(letter for letter in str(cell.value or "") if letter.isdigit()) or "1234567890123456789"
    cell.value = float(digits)
    return Right(key, number)


def _full_width(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("items", "quantity"), ("households", "household_no"), ("persons", "id_number")])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    cell.value = str(cell.value or "12").translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789.-"})
    return Right(key, number, named=True)


def _written(form: str, *, named: bool) -> Way:
    def spoil(draw: Random, book: Book) -> Right:
        number = _row(draw, page(book, "items"))
        cell = page(book, "items").cell(number, column("items", "quantity"))
        cell.value = form.format(float(str(cell.value)))
        return Right("items", number, named)

    return spoil


def _blank_rows(draw: Random, book: Book) -> Right:
    key = draw.choice(["items", "households", "persons"])
    page(book, key).insert_rows(_row(draw, page(book, key)), draw.randint(1, 3))
    return Right(key)


def _hidden(draw: Random, book: Book) -> Right:
    rows = page(book, draw.choice(["items", "households"]))
    rows.row_dimensions[_row(draw, rows)].hidden = True
    rows.column_dimensions["C"].hidden = True
    extra = book.create_sheet("草稿")
    extra["A1"], extra.sheet_state = "9", draw.choice(["hidden", "veryHidden"])
    return Right()


def _twice(draw: Random, book: Book) -> Right:
    key = draw.choice(["items", "households", "persons"])
    rows = page(book, key)
    values = [cell.value for cell in rows[_row(draw, rows)]]
    rows.append(values)
    return Right(key, 0, named=True)


def _unknown_household(draw: Random, book: Book) -> Right:
    key = draw.choice(["items", "persons"])
    number = _row(draw, page(book, key))
    page(book, key).cell(number, column(key, "household_no")).value = draw.choice(["NOBODY-1", "户-9"])
    return Right(key, number, named=True)


def _serial(draw: Random, book: Book) -> Right:
    """A day as the bare number that a spreadsheet keeps; read as the day that it is, or named."""
    key, name = draw.choice([("items", "surveyed_on"), ("persons", "birth_date")])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    value = cell.value
    day = value.date() if isinstance(value, datetime) else date.fromisoformat(str(value)[:10])
    cell.value, cell.number_format = (day - date(1899, 12, 30)) // timedelta(days=1), "General"
    return Right(key, number)


def _text_day(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("items", "surveyed_on"), ("persons", "birth_date")])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    day = str(cell.value)[:10]
    cell.value = draw.choice(
        [day, f"{day} 00:00:00", day.replace("-", "/"), day.replace("-", "."), day.replace("-", "")]
    )
    return Right(key, number)


def _date1904(draw: Random, book: Book) -> Right:
    from openpyxl.utils.datetime import MAC_EPOCH

    del draw
    book.epoch = MAC_EPOCH
    return Right()


def _control(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("persons", "name"), ("households", "household_no"), ("items", "line_no")])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    text = str(cell.value)
    hidden = draw.choice(["\u200b", "\u200e", "\ufeff", "\n"])
    cell.value = f"{text[:1]}{hidden}{text[1:]}"
    return Right(key, number)


def _spaces(draw: Random, book: Book) -> Right:
    key, name = draw.choice([("persons", "name"), ("households", "household_no"), ("items", "quantity")])
    number = _row(draw, page(book, key))
    cell = page(book, key).cell(number, column(key, name))
    cell.value = f" {cell.value}  "
    return Right(key, number)


def _missing_sheet(draw: Random, book: Book) -> Right:
    del book[sheet(draw.choice(["items", "persons", "households"])).zh]
    return Right()


WAYS: tuple[tuple[str, Way], ...] = (
    ("error cell", _error),
    ("formula without value", _formula),
    ("merged cells", _merged),
    ("doubled column", _doubled_column),
    ("renamed column", _renamed_column),
    ("shuffled columns", _shuffled),
    ("row of sums", _total_row),
    ("number as text", _number_as_text),
    ("text as number", _text_as_number),
    ("text for a number", _cell("items", "quantity", "八十", "n/a", "86.40㎡", "½", True)),
    ("full-width digits", _full_width),
    ("thousands separators", _written("1,{:07.2f}", named=True)),
    ("scientific notation", _written("{:e}", named=False)),
    ("negative or overlong", _cell("items", "quantity", -5, "-0.5", 1e15, "0.123456789", 10**18)),
    ("blank rows", _blank_rows),
    ("hidden rows and sheets", _hidden),
    ("rows twice", _twice),
    ("unknown household", _unknown_household),
    ("unknown code", _cell("items", "item_code", "house.of.gold", "HOUSE", 12)),
    ("days as numbers", _serial),
    ("days as text", _text_day),
    ("days from 1904", _date1904),
    ("hidden characters", _control),
    ("spaces around cells", _spaces),
    ("missing sheet", _missing_sheet),
    ("impossible days", _cell("persons", "birth_date", "2013-02-30", "3013-01-01", -4, 1e9)),
)
"""Each way with its name."""
