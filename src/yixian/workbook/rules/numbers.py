"""编号: each number once, and every reference to something that is there."""

from __future__ import annotations

from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.schema import SHEETS
from yixian.workbook.schema import sheet as page
from yixian.workbook.staging import Staged

PACK = "pack"
"""A reference to the policy pack, which `check_items` looks after."""


def check_numbers(staged: Staged) -> None:
    """No two rows of a sheet have the same key."""
    for sheet in SHEETS:
        first: dict[tuple[object, ...], int] = {}
        for row in staged.of(sheet.key):
            key = tuple(row.values[column] for column in sheet.keys)
            if "" in key:
                continue
            if key in first:
                staged.fault(sheet.key, row, sheet.keys[0], "row.twice", other=first[key])
            else:
                first[key] = row.number


def check_references(staged: Staged, known: RegisterKeys) -> None:
    """Every reference is found in the workbook or in the register, unless the sheet that it leads to could not be read."""
    there = {
        "areas": set(known.areas) | _keys(staged, "areas", "code"),
        "organisations": set(known.organisations) | _keys(staged, "organisations", "code"),
        "people": set(known.helper_numbers) | _keys(staged, "people", "helper_no"),
        "households": set(known.households) | _keys(staged, "households", "household_no"),
    }
    for sheet in SHEETS:
        columns = [column for column in sheet.columns if column.refers and column.refers != PACK]
        for row in staged.of(sheet.key):
            for column in columns:
                value = row.values[column.key]
                if column.refers == "areas" and value in known.retired:
                    staged.fault(sheet.key, row, column.key, "area.retired", code=known.retired[value])
                elif not value or value in there[column.refers]:
                    continue
                elif staged.lacks(column.refers, *page(column.refers).keys):
                    staged.leave_unfollowed(sheet.key, row, column.key)
                else:
                    staged.fault(sheet.key, row, column.key, "row.reference", sheet=column.refers)


def _keys(staged: Staged, sheet: str, column: str) -> set[str]:
    return {row.values[column] for row in staged.of(sheet)}
