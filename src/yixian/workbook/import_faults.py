"""导入错误: what is wrong with which cell, and what to do about it, in words that a clerk can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext

from yixian.workbook.import_fault_texts import MESSAGES
from yixian.workbook.schema import sheet


@dataclass(frozen=True, slots=True)
class ImportFault:
    """One fault. ``row`` is the spreadsheet's own row number (0: the whole sheet); ``value`` is what stands there.

    ``letter`` is the column's letter in this very workbook, whose columns may stand in another order than the template's;
    empty where there is no such column.
    """

    sheet: str
    row: int
    column: str
    rule: str
    value: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    letter: str = ""

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return gettext(MESSAGES[self.rule][0]) % self._words

    @property
    def advice(self) -> str:
        """What to do, in the reader's language."""
        return gettext(MESSAGES[self.rule][1]) % self._words

    @property
    def _words(self) -> dict[str, Any]:
        """The parameters, a sheet among them by its name, a unit by its word in the reader's language."""
        named = {"sheet": _page_name(self.params["sheet"])} if "sheet" in self.params else {}
        if "unit_en" in self.params and get_language() == "en":
            named["unit"] = self.params["unit_en"]
        return {**self.params, **named}

    @property
    def header(self) -> str:
        """The column as the spreadsheet shows it, letter and head: H 身份证号; H ID number."""
        english = get_language() == "en"
        header = (
            _english_header(self.sheet, self.column) if english else column_title(self.sheet, self.column)
        )
        return header if header == self.letter else f"{self.letter} {header}".strip()

    @property
    def place(self) -> str:
        """Sheet, row and column as the reader finds them: 家庭成员 第 7 行 H 身份证号; Persons (家庭成员), row 7, H ID number."""
        where = gettext("row %(row)s") % {"row": self.row} if self.row else ""
        between = ", " if get_language() == "en" else " "
        return between.join(part for part in (_page_name(self.sheet), where, self.header) if part)


def _page_name(key: str) -> str:
    """The sheet as the reader finds it."""
    return _both_titles(key) if get_language() == "en" else sheet_title(key)


def sheet_title(key: str) -> str:
    """The sheet's Chinese name, which is what stands on its tab; the key itself for a sheet that is not ours."""
    try:
        return sheet(key).zh
    except KeyError:
        return key


def column_title(sheet_key: str, key: str) -> str:
    """The column's Chinese head; the key itself for a column that is not ours."""
    try:
        return sheet(sheet_key).column(key).zh
    except KeyError:
        return key


def _both_titles(key: str) -> str:
    """The sheet's English name, with the Chinese one that stands on its tab."""
    try:
        return f"{sheet(key).en} ({sheet(key).zh})"
    except KeyError:
        return key


def _english_header(sheet_key: str, key: str) -> str:
    """The column's English head, which stands below the Chinese one."""
    try:
        return sheet(sheet_key).column(key).en
    except KeyError:
        return key
