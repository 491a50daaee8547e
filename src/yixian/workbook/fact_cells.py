"""要件单元格: from what a cell of the sheet of facts holds to the text of a fact."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from yixian.domain.policy import Input
from yixian.domain.written_days import WrittenDayError, written_day

_SURE_DIGITS = 15
"""So many digits of a number are held exactly by every spreadsheet."""


def fact_text(cell: Any) -> str:
    """A cell as text: a number without an exponent and without zeros at its end, a day as YYYY-MM-DD."""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return f"{Decimal(repr(cell)).normalize():f}"
    return str(cell).strip()


def is_cut(cell: Any) -> bool:
    """Whether a spreadsheet's number has more digits than it holds exactly."""
    return isinstance(cell, float) and len(Decimal(repr(cell)).normalize().as_tuple().digits) > _SURE_DIGITS


def day_meant(text: str) -> str:
    """A day as YYYY-MM-DD, in whatever form it was written; the text itself where it is none."""
    try:
        return written_day(text).isoformat()
    except WrittenDayError:
        return text


def choice_meant(declared: Input, text: str) -> str:
    """The key of a choice that was named by its key or in either language; else the text itself."""
    for key in declared.choices:
        if text in (key, declared.choice(key, "zh"), declared.choice(key, "en")):
            return key
    return text
