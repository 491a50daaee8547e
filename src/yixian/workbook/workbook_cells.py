"""单元格: from what a spreadsheet holds to the typed value of its column, or the rule it breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yixian.domain.errors import DomainError
from yixian.domain.geometry import normalise_line, normalise_outline
from yixian.domain.identity import (
    normalise_account,
    normalise_id_number,
    normalise_phone,
    normalise_public_phone,
)
from yixian.domain.lookalikes import lookalikes_in, meant_characters
from yixian.domain.names import normalise_name
from yixian.domain.written_days import FORMS, WrittenDayError, written_day
from yixian.workbook.schema import Column, Kind

_CODE = re.compile(r"[A-Za-z0-9._-]+")
_NUMBER = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})
_EXACT_DIGITS = 15
"""A spreadsheet keeps fifteen digits of a number; longer ones were cut before they reached us."""

_UNIT = re.compile(
    r"([ck]?m[23]?|hm2|kg|g|t|ha|mu|平方公里|平方米|平米|平方|立方米|立方|方|延米|米|厘米|公里|千米|里|丈|尺|市?亩|分|公顷"
    r"|千克|公斤|斤|吨|万?元|株|棵|座|口|眼|个|件|间|栋|幢|户|人|头|只|匹|处|根|套|台|天|日|个?月|年)",
    re.IGNORECASE,
)
"""Units that are written behind a number, as it is compared: ㎡ and m² are m2."""

_DAY_FAULTS = {
    "none": "cell.day_form",
    "impossible": "cell.date",
    "short_year": "cell.day_year",
    "order": "cell.day_order",
}
"""Why a text is no day → the rule that the cell breaks."""

_EARLIEST = date(1901, 1, 1)
"""Spreadsheets count their days from 1900; nobody who is moved was born before."""


@dataclass(frozen=True, slots=True)
class WorkbookCellFault(Exception):
    """The rule that a cell breaks."""

    rule: str
    params: dict[str, Any] = field(default_factory=dict)


def parse_cell(column: Column, raw: object) -> Any:
    """The typed value of a cell ("" or None where it may be empty). Raises `WorkbookCellFault`."""
    if raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
        if column.required:
            raise WorkbookCellFault("cell.required")
        return None if column.kind in _EMPTY_IS_NONE else ""
    return _PARSERS[column.kind](column, raw)


def _text(column: Column, raw: object) -> str:
    """The cell as text without blanks at its ends."""
    if isinstance(raw, str):
        text = raw.strip()
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        text = _digits(raw)
    else:
        raise WorkbookCellFault("cell.text")
    if (
        not text.isprintable()
    ):  # whatever is hidden or breaks a line is not: only few cells need the closer look
        _refuse_breaks(text)
        if any(unicodedata.category(character) in _HIDDEN for character in text):
            raise WorkbookCellFault("cell.hidden")
    if len(text) > column.length:
        raise WorkbookCellFault("cell.length", {"length": column.length})
    if not text.isascii() and lookalikes_in(text):
        raise WorkbookCellFault("cell.radical", {"proposal": meant_characters(text)})
    return text


def _refuse_breaks(text: str) -> None:
    """Lines and tabs within a cell, which Alt+Enter or another program put there: on one line it can be read."""
    lines = [line.strip() for line in _BREAK.split(text)]
    if len(lines) > 1:
        han = all(not line.isascii() for line in lines if line)
        raise WorkbookCellFault("cell.break", {"proposal": ("" if han else " ").join(filter(None, lines))})


def _digits(raw: float) -> str:
    """A number in a text column, such as a code typed without being formatted as text."""
    if not float(raw).is_integer():
        raise WorkbookCellFault("cell.text")
    text = str(int(raw))
    if len(text) > _EXACT_DIGITS:
        raise WorkbookCellFault("cell.precision")
    return text


def _narrow(column: Column, raw: object) -> str:
    """Text that must be in half-width characters."""
    text = _text(column, raw)
    if not text.isascii() and (half := unicodedata.normalize("NFKC", text)) != text:
        raise WorkbookCellFault("cell.full_width", {"proposal": half})
    return text


def _code(column: Column, raw: object) -> str:
    text = _narrow(column, raw)
    if not _CODE.fullmatch(text):
        raise WorkbookCellFault("cell.code")
    return text


def _name(column: Column, raw: object) -> str:
    if not isinstance(raw, str):
        raise WorkbookCellFault("name.characters")
    _refuse_breaks(raw.strip())
    if len(raw.strip()) > column.length:
        raise WorkbookCellFault("cell.length", {"length": column.length})
    return _by_rule(normalise_name, raw)


def _number(column: Column, raw: object) -> Decimal:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        text = format(raw, f".{_EXACT_DIGITS}g")
    elif isinstance(raw, str):
        text = _written_number(column, raw)
    else:
        raise WorkbookCellFault("cell.number")
    value = Decimal(text.replace(",", ""))
    if not value.is_finite():
        raise WorkbookCellFault("cell.number")
    if column.low and value < Decimal(column.low):
        raise WorkbookCellFault("cell.low", {"low": column.low})
    if column.high and value > Decimal(column.high):
        raise WorkbookCellFault("cell.high", {"high": column.high})
    return value


def _written_number(column: Column, raw: str) -> str:
    """A number written as text. What is no number is told as such; a number with its unit by the number alone, unless the
    row's item says in which unit it is counted: the number of another unit would be a wrong one.
    """
    text = _text(column, raw)
    half = unicodedata.normalize("NFKC", text)
    if _NUMBER.fullmatch(half) and _is_digits(text):
        return _narrow(column, raw)
    beginning = _NUMBER.match(half)
    if beginning and text.startswith(beginning[0]) and _UNIT.fullmatch(half[beginning.end() :].strip()):
        number, unit = beginning[0], text[beginning.end() :].strip()
        if column.by_item:
            raise WorkbookCellFault("cell.item_unit", {"number": number, "written": unit})
        raise WorkbookCellFault("cell.unit", {"proposal": number})
    raise WorkbookCellFault("cell.number")


def _is_digits(text: str) -> bool:
    """Whether only digits of a place, and what belongs between them, stand there: ② and ² are no twos."""
    return not any(unicodedata.category(one) == "No" for one in text)


def _decimal(column: Column, raw: object) -> Decimal:
    value = _number(column, raw)
    if value != round(value, column.scale):
        raise WorkbookCellFault("cell.decimals", {"scale": column.scale})
    return value.quantize(Decimal(1).scaleb(-column.scale))


def _whole(column: Column, raw: object) -> int:
    value = _number(column, raw)
    if value != value.to_integral_value():
        raise WorkbookCellFault("cell.whole")
    return int(value)


def _date(column: Column, raw: object) -> date:
    if isinstance(raw, datetime):
        day = raw.date()
    elif isinstance(raw, date):
        day = raw
    else:
        day = _written_date(column, raw)
    if day < _EARLIEST:
        raise WorkbookCellFault("cell.early")
    return day


def _written_date(column: Column, raw: object) -> date:
    """A day written as text, or as a number of eight digits. Other numbers are no days: 2024 would be one of 1905."""
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    text = _digits(raw) if isinstance(raw, int | float) and number and float(raw).is_integer() else raw
    try:
        return written_day(_text(column, text) if isinstance(text, str) else "")
    except WrittenDayError as error:
        rule = "cell.day_number" if number else _DAY_FAULTS[error.key]
        raise WorkbookCellFault(rule, {"forms": FORMS} if rule == "cell.day_form" else {}) from error


def _choice(column: Column, raw: object) -> str:
    text = _text(column, raw)
    for code, (zh, en) in column.choices.items():
        if text == zh or text.lower() in {en.lower(), code}:
            return code
    raise WorkbookCellFault("cell.choice", {"choices": "、".join(zh for zh, _en in column.choices.values())})


def _yes_no(column: Column, raw: object) -> bool:
    return raw if isinstance(raw, bool) else _choice(column, raw) == "yes"


def _languages(column: Column, raw: object) -> str:
    words = [word for word in re.split(r"[,，、;；\s]+", _text(column, raw)) if word]
    codes = [_choice(column, word) for word in words]
    if not codes:
        raise WorkbookCellFault("cell.required")
    return ",".join(dict.fromkeys(codes))


def _checked(rule: Callable[[str], str]) -> Callable[[Column, object], str]:
    """A parser for numbers that have a rule of their own."""

    def parse(column: Column, raw: object) -> str:
        return _by_rule(rule, _narrow(column, raw))

    return parse


def _geometry(rule: Callable[[str], str]) -> Callable[[Column, object], str]:
    """A parser for GeoJSON, which may be broken into lines."""

    def parse(column: Column, raw: object) -> str:
        if not isinstance(raw, str):
            raise WorkbookCellFault("cell.text")
        if len(raw) > column.length:
            raise WorkbookCellFault("cell.length", {"length": column.length})
        return _by_rule(rule, raw)

    return parse


def _by_rule(rule: Callable[[str], str], text: str) -> str:
    try:
        return rule(text)
    except DomainError as error:
        raise WorkbookCellFault(error.key, dict(error.params)) from error


_EMPTY_IS_NONE = frozenset({Kind.DATE, Kind.WHOLE, Kind.DECIMAL, Kind.YES_NO})
_PARSERS: dict[Kind, Callable[[Column, object], Any]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.DATE: _date,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.ID_NUMBER: _checked(normalise_id_number),
    Kind.PHONE: _checked(normalise_phone),
    Kind.PUBLIC_PHONE: _checked(normalise_public_phone),
    Kind.ACCOUNT: _checked(normalise_account),
    Kind.LANGUAGES: _languages,
    Kind.OUTLINE: _geometry(normalise_outline),
    Kind.LINE: _geometry(normalise_line),
}
