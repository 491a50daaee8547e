"""单元格: from what a cell holds to the value of its column, or the rule it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from yixian.domain.errors import DomainError
from yixian.domain.identity import normalise_phone
from yixian.domain.text import half_width, plain_text
from yixian.domain.written_days import WrittenDayError, written_moment
from yixian.engines.hotline.hotline_columns import HotlineColumn
from yixian.engines.spreadsheets.archive import FIRST_DAY

_EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - likewise
_SERIALS = range(1, 2_958_466)
"""Days that a spreadsheet counts, up to the end of the year 9999."""

_EXACT_DIGITS = 15
_NO_TIME = {
    "none": "cell.time",
    "impossible": "cell.time",
    "short_year": "cell.time_year",
    "order": "cell.time_order",
}
"""Why a text is no moment → the rule that the cell breaks."""


@dataclass(frozen=True, slots=True)
class HotlineCellFault(Exception):
    """The rule that a cell breaks, and the values of its sentence."""

    rule: str
    values: dict[str, object] = field(default_factory=dict)


def text_cell(column: HotlineColumn, raw: object) -> str:
    """The cell as text, on one line but for the content. What looks like a formula stays the text that it is."""
    text = plain_text(_written(raw)).strip()
    if column.key != "text":
        text = " ".join(text.split())
    if not text and column.required:
        raise HotlineCellFault("cell.required")
    if len(text) > column.length:
        raise HotlineCellFault("cell.length", {"length": column.length})
    return text


def number_cell(column: HotlineColumn, raw: object) -> str:
    """The number of a call, half-width."""
    return half_width(text_cell(column, raw))


def phone_cell(column: HotlineColumn, raw: object) -> str:
    """A telephone number in the register's own form, or ""."""
    text = text_cell(column, raw)
    try:
        return normalise_phone(text) if text else ""
    except DomainError as error:
        raise HotlineCellFault("cell.phone") from error


def topic_cell(column: HotlineColumn, raw: object, topics: Sequence[str]) -> str:
    """One of the topics, or ""; any, where there is no list."""
    text = text_cell(column, raw)
    if text and topics and text not in topics:
        raise HotlineCellFault("cell.topic", {"topics": "、".join(topics)})
    return text


def time_cell(
    column: HotlineColumn, raw: object, latest: datetime | None, first_day: date = FIRST_DAY
) -> datetime:
    """A moment in local time, to the second; the beginning of the day where only that is given."""
    moment = _moment(column, raw, first_day)
    if moment < _EARLIEST:
        raise HotlineCellFault("cell.early")
    if latest is not None and moment > latest:
        raise HotlineCellFault("cell.future")
    return moment


def _moment(column: HotlineColumn, raw: object, first_day: date) -> datetime:
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=None, microsecond=0)
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001 - spreadsheets know no time zone
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if int(raw) in _SERIALS:
            midnight = datetime(first_day.year, first_day.month, first_day.day)  # noqa: DTZ001 - as below
            return midnight + timedelta(seconds=round(raw * 86_400))
        raw = _digits(raw)
    if not isinstance(raw, str):
        raise HotlineCellFault("cell.required" if raw is None else "cell.time")
    return _written_moment(text_cell(column, raw))


def _written_moment(text: str) -> datetime:
    try:
        return written_moment(text)
    except WrittenDayError as error:
        raise HotlineCellFault(_NO_TIME[error.key]) from error


def _written(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | date | time):
        raise HotlineCellFault("cell.text")
    return _digits(raw) if isinstance(raw, int | float) else raw.isoformat()


def _digits(raw: float) -> str:
    """A number typed into a cell for text: whole, and no longer than the spreadsheet keeps."""
    if not float(raw).is_integer():
        return repr(raw)
    digits = str(int(raw))
    if len(digits) > _EXACT_DIGITS:
        raise HotlineCellFault("cell.precision")
    return digits
