"""格式的构件: what a sheet and a column are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

Choices = dict[str, tuple[str, str]]
"""Stored code → (Chinese, English)."""


class Kind(StrEnum):
    """What a cell holds."""

    CODE = "code"  # digits or Latin letters, kept as text
    TEXT = "text"
    NAME = "name"  # a person's name (see yixian.domain.names)
    DATE = "date"  # YYYY-MM-DD or a spreadsheet date
    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    ID_NUMBER = "id_number"  # GB 11643, 18 characters
    PHONE = "phone"
    PUBLIC_PHONE = "public_phone"  # of an office, for everybody: hotlines and extensions, too
    ACCOUNT = "account"  # bank account or card number
    OUTLINE = "outline"  # GeoJSON: the outline of a place
    LINE = "line"  # GeoJSON: a river
    LANGUAGES = "languages"  # choices separated by commas


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``choices`` maps stored codes to (Chinese, English); either may be typed in a cell.

    ``low``/``high`` bound numbers (inclusive, as text so that nothing is a float); ``scale`` is the decimals allowed.
    ``refers`` names the sheet whose key column the value must be found in (in this file or in the register).
    """

    key: str
    zh: str
    en: str
    kind: Kind
    help_zh: str = ""
    help_en: str = ""
    required: bool = False
    choices: Choices = field(default_factory=dict)
    low: str = ""
    high: str = ""
    scale: int = 0
    length: int = 120
    refers: str = ""
    example: str = ""
    by_item: bool = False
    """Whether the row's item says in which unit the number is counted."""
    decides_money: bool = False
    """Whether what is paid, or to whom, hangs on it: a known row is changed in it by two persons."""

    def deciding_money(self) -> Column:
        """The same column as one on which money hangs."""
        return replace(self, decides_money=True)

    def counted_by_item(self) -> Column:
        """The same column as one that is counted in the unit of the row's item."""
        return replace(self, by_item=True)

    def explained(self, help_zh: str, help_en: str, example: str = "") -> Column:
        """The same column with its explanation in both languages, and an example."""
        return replace(self, help_zh=help_zh, help_en=help_en, example=example)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``keys`` are the columns that together name a row."""

    key: str
    zh: str
    en: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column with a key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)
