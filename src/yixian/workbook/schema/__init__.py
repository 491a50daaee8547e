"""工作簿格式: the sheets and columns of the one workbook, in the order in which they are read.

The template, the check, the error report and the export are all made from this table; nothing else knows a column.
"""

from yixian.workbook.schema.helper_sheet import PEOPLE
from yixian.workbook.schema.household_sheets import HOUSEHOLDS, PERSONS
from yixian.workbook.schema.item_sheet import ITEMS
from yixian.workbook.schema.leader_sheet import LEADERS
from yixian.workbook.schema.place_sheets import AREAS, ORGANISATIONS, STATIONINGS
from yixian.workbook.schema.types import Column, Kind, Sheet

__all__ = ["SHEETS", "Column", "Kind", "Sheet", "sheet"]

SHEETS: tuple[Sheet, ...] = (AREAS, ORGANISATIONS, STATIONINGS, PEOPLE, LEADERS, HOUSEHOLDS, PERSONS, ITEMS)
"""All sheets, in the order in which they are read and written."""


def sheet(key: str) -> Sheet:
    """The sheet with a key. Raises KeyError."""
    for candidate in SHEETS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
