"""值的写法: how a typed value is shown to people, as it stands in a cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import ngettext

from yixian.domain.geometry import lines_of
from yixian.workbook.schema import Column, Kind


def shown(column: Column, value: object) -> object:
    """A stored value as it is written in a cell: choices by their Chinese words, languages with commas."""
    if value is None or value == "":
        return ""
    if column.kind == Kind.YES_NO:
        return column.choices["yes" if value else "no"][0]
    if column.kind == Kind.CHOICE:
        return column.choices[str(value)][0]
    if column.kind == Kind.LANGUAGES:
        return ",".join(column.choices[code][0] for code in str(value).split(","))
    return value


def shown_text(column: Column, value: object) -> str:
    """The same as text; of a geometry, how many points it has: its digits tell nobody anything."""
    if value and column.kind in {Kind.OUTLINE, Kind.LINE}:
        points = sum(len(one) for one in lines_of(str(value)))
        return ngettext("%(n)s point", "%(n)s points", points) % {"n": points}
    cell = shown(column, value)
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
