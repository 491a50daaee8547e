"""部分入库: which rows must stay out when the faulty ones are left out — all that depend on them, and whole households."""

from __future__ import annotations

from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.schema import SHEETS
from yixian.workbook.staging import Row, Staged

_OF_HOUSEHOLDS = ("households", "persons", "items")


def leave_out(staged: Staged, known: RegisterKeys) -> list[tuple[str, Row]]:
    """Mark every row that cannot be entered without a faulty one, and return all rows left out, sheet by sheet.

    A household goes in whole or not at all: its row, its members and its items share one fate.
    """
    register = {
        "areas": set(known.areas),
        "organisations": set(known.organisations),
        "households": set(known.households),
    }
    while _spread(staged, register):
        pass
    return [(sheet.key, row) for sheet in SHEETS for row in staged.of(sheet.key) if row.faulty]


def _spread(staged: Staged, register: dict[str, set[str]]) -> bool:
    """One round; whether it marked anything."""
    marked = _spread_households(staged)
    sound = {
        "areas": register["areas"] | {row.values["code"] for row in staged.of("areas") if not row.faulty},
        "organisations": register["organisations"]
        | {row.values["code"] for row in staged.of("organisations") if not row.faulty},
        "households": register["households"]
        | {row.values["household_no"] for row in staged.of("households") if not row.faulty},
    }
    for sheet in SHEETS:
        columns = [column for column in sheet.columns if column.refers in sound]
        for row in staged.of(sheet.key):
            if not row.faulty and any(
                row.values[column.key] and row.values[column.key] not in sound[column.refers]
                for column in columns
            ):
                row.faulty = marked = True
    return marked


def _spread_households(staged: Staged) -> bool:
    rows = [row for key in _OF_HOUSEHOLDS for row in staged.of(key)]
    faulty = {row.values["household_no"] for row in rows if row.faulty and row.values["household_no"]}
    marked = False
    for row in rows:
        if not row.faulty and row.values["household_no"] in faulty:
            row.faulty = marked = True
    return marked
