"""表的行: rows of CSV tables with what is wrong about each gathered by file, line and column; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from yixian.domain.text_files import TextFileError, csv_file_rows, plain_heads
from yixian.domain.written_days import REASONS, WrittenDayError, written_day
from yixian.domain.written_numbers import WrittenNumberError, reason_of, written_number
from yixian.engines.audit.surveyed import Position, repeated

_BEIJING = timezone(timedelta(hours=8))
_EXACT_DECIMALS = 5
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class TableFault:
    """A cell or row that cannot be used: where it stands, and which rule it breaks, in Chinese and English."""

    file: str
    line: int
    column: str
    zh: str
    en: str

    def message(self, lang: str) -> str:
        """With its place, in ``zh`` or ``en``."""
        where = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        return where + (self.zh if lang == "zh" else self.en)


class TablesInvalid(ValueError):
    """Tables with rows that cannot be read, all of them in ``faults``."""

    def __init__(self, faults: list[TableFault]) -> None:
        super().__init__("\n".join(fault.message("en") for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class TableRow:
    """A row being read; what is wrong gathers in ``faults``."""

    file: str
    line: int
    cells: dict[str, str]
    faults: list[TableFault]

    def refuse(self, column: str, zh: str, en: str) -> None:
        """Name what is wrong with a cell."""
        self.faults.append(TableFault(self.file, self.line, column, zh, en))

    def text(self, column: str) -> str:
        """The cell without blanks around it; "" where there is no such column."""
        return self.cells.get(column, "").strip()

    def filled(self, column: str) -> str:
        """A cell that may not be empty."""
        text = self.text(column)
        if not text:
            self.refuse(column, "没有填。", "It is empty: fill it in.")
        return text

    def number(self, column: str) -> Decimal | None:
        """A number from nought on; None where it is empty or none."""
        text = self.text(column)
        if not text:
            return None
        try:
            value = written_number(text)
        except WrittenNumberError as error:
            zh, en = reason_of(error)
            self.refuse(column, f"“{text}”{zh}。", f"“{text}” is {en}.")
            return None
        if value < 0:
            self.refuse(column, f"“{text}”是负数。", f"“{text}” is below nought.")
        return value

    def day(self, column: str) -> date | None:
        """A day, of a moment with its offset the day in Beijing; None where it is empty or none."""
        text = self.text(column)
        if not text:
            return None
        try:
            return _moment_day(text) or written_day(text)
        except WrittenDayError as error:
            zh, en = REASONS[error.key]
            self.refuse(column, f"“{text}”：{zh}。", f"“{text}” is no day: {en}.")
            return None

    def position(self) -> Position | None:
        """The degrees of ``lon`` and ``lat``."""
        lon, lat = self._degrees("lon", 180), self._degrees("lat", 90)
        if (lon is None) != (lat is None) and bool(self.text("lon")) != bool(self.text("lat")):
            self.refuse("lat", "经度和纬度要一起填。", "Longitude and latitude go together.")
        return None if lon is None or lat is None else (lon, lat)

    def _degrees(self, column: str, limit: int) -> float | None:
        text = self.text(column)
        if not text:
            return None
        try:
            value = float(written_number(text[: text.find(".") + 12] if "." in text else text))
        except WrittenNumberError as error:
            zh, en = reason_of(error)
            self.refuse(column, f"“{text}”{zh}。", f"“{text}” is {en}.")
            return None
        if abs(value) > limit:
            self.refuse(
                column,
                f"“{text}”不在 -{limit} 和 {limit} 之间。",
                f"“{text}” is not between -{limit} and {limit}.",
            )
            return None
        return value

    @property
    def is_exact(self) -> bool:
        """Whether its degrees are written to a metre."""
        written = (self.text(one).partition(".")[2] for one in ("lon", "lat"))
        return any(len(decimals) >= _EXACT_DECIMALS for decimals in written)


@dataclass(slots=True)
class TableReading:
    """All tables being read."""

    faults: list[TableFault] = field(default_factory=list)

    def rows(self, path: Path, required: tuple[str, ...]) -> Iterator[TableRow]:
        """The rows of a file that have as many cells as its heads."""
        try:
            rows = csv_file_rows(path)
            first, heads = next(rows, (1, []))
            heads = plain_heads(heads)
            missing = [name for name in required if name not in heads]
            doubled = repeated(name for name in heads if name)
            if missing or doubled:
                self._heads(path, first, missing, doubled, heads)
                return
            for line, cells in rows:
                if not any(cell.strip() for cell in cells):
                    continue
                row = TableRow(path.name, line, dict(zip(heads, cells, strict=False)), self.faults)
                if len(cells) != len(heads):
                    row.refuse(
                        "",
                        f"有 {len(cells)} 格，表头有 {len(heads)} 格。",
                        f"{len(cells)} cells where the header has {len(heads)}.",
                    )
                else:
                    yield row
        except TextFileError as error:
            self.faults.append(TableFault(path.name, error.line, "", error.zh, error.en))

    def _heads(self, path: Path, line: int, missing: list[str], doubled: list[str], heads: list[str]) -> None:
        zh, en = (
            f"没有这一列（有：{'、'.join(heads)}）。",
            f"There is no such column (there are: {', '.join(heads)}).",
        )
        for name in missing:
            self.faults.append(TableFault(path.name, line, name, zh, en))
        for name in doubled:
            self.faults.append(
                TableFault(path.name, line, name, "这一列有两次。", "The column is there twice.")
            )

    def table(
        self, path: Path | None, required: tuple[str, ...], make: Callable[[TableRow], _Value], key: str = ""
    ) -> list[_Value]:
        """What each row of a file makes; a ``key`` stands there once."""
        found: list[_Value] = []
        seen: dict[str, int] = {}
        for row in self.rows(path, required) if path is not None else ():
            text = row.text(key)
            if key and text in seen:
                row.refuse(
                    key,
                    f"“{text}”在第 {seen[text]} 行已经有了。",
                    f"“{text}” stands on line {seen[text]} already.",
                )
            seen[text] = row.line
            found.append(make(row))
        return found


def _moment_day(text: str) -> date | None:
    """The day in Beijing of a moment that says its offset; None for any other text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(_BEIJING).date() if moment.tzinfo is not None else None
