"""部分入库: which rows must stay out when the faulty ones are left out — all that depend on them, and whole households."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.schema import SHEETS
from yixian.workbook.staging import Row, Staged

_OF_HOUSEHOLDS = ("households", "persons", "items")
_WHOSE = "household_no"
_UNSEEN = frozenset({"sheet.title", "sheet.twice", "sheet.too_large"})
"""Faults of a sheet by which some of its rows were not read, or nothing of them."""


def leave_out(staged: Staged, known: RegisterKeys) -> list[tuple[str, Row]]:
    """Mark every row that cannot be entered without a faulty one, and return all rows left out, sheet by sheet.

    A household goes in whole or not at all: its row, its members and its items share one fate, also where a member's or an
    item's own number is all that says whose it is (`owner_of`). No household goes in while rows of some may be `unseen`.
    """
    register = {
        "areas": set(known.areas),
        "organisations": set(known.organisations),
        "people": set(known.helper_numbers),
        "households": set(known.households),
    }
    numbers = _numbers(staged, known)
    for row in _rows_of_households(staged) if unseen(staged) else ():
        row.faulty = True
    owners = {owner_of(staged, key, row, known, numbers) for key, row in _unplaced(staged, numbers)}
    while _spread(staged, register, owners):
        pass
    return [(sheet.key, row) for sheet in SHEETS for row in staged.of(sheet.key) if row.faulty]


def of_nobody(staged: Staged, known: RegisterKeys) -> list[tuple[str, Row]]:
    """Members and items of which nothing says whose they are: any household might be entered without its own.

    None while rows are `unseen`, for then no household is entered.
    """
    if unseen(staged):
        return []
    numbers = _numbers(staged, known)
    return [
        (key, row)
        for key, row in _unplaced(staged, numbers)
        if not owner_of(staged, key, row, known, numbers)
    ]


def unseen(staged: Staged) -> bool:
    """Whether rows of any household may stand where nobody could read them: below a title, under heads that do not say whose
    they are, on a second tab of the sheet or on one of another name.
    """
    return any(
        fault.rule == "sheet.unknown"
        or (
            fault.sheet in _OF_HOUSEHOLDS
            and (fault.rule in _UNSEEN or (fault.rule, fault.column) == ("column.missing", _WHOSE))
        )
        for fault in staged.faults
    )


def owner_of(staged: Staged, key: str, row: Row, known: RegisterKeys, numbers: Collection[str]) -> str:
    """The household that a member or an item with a wrong household number belongs to, "" if nothing says.

    What was typed is read without its slips (full-width or hidden characters); else the register knows the line or the person;
    else the number of the line or the person begins with the household's.
    """
    typed = next(
        (one.value for one in staged.faults if (one.sheet, one.row, one.column) == (key, row.number, _WHOSE)),
        "",
    )
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed) if letter.isprintable()).strip()
    if plain in numbers:
        return plain
    own = row.values["person_no" if key == "persons" else "line_no"]
    registered = (known.members if key == "persons" else known.items).get(own, "")
    return registered or max(
        (number for number in numbers if own.startswith(f"{number}-")), key=len, default=""
    )


def _unplaced(staged: Staged, numbers: Collection[str]) -> list[tuple[str, Row]]:
    return [
        (key, row)
        for key in ("persons", "items")
        for row in staged.of(key)
        if row.faulty and row.values[_WHOSE] not in numbers
    ]


def _numbers(staged: Staged, known: RegisterKeys) -> frozenset[str]:
    """Every household's number, of the register and of the workbook."""
    return frozenset(known.households) | {row.values[_WHOSE] for row in staged.of("households")} - {""}


def _spread(staged: Staged, register: dict[str, set[str]], owners: set[str]) -> bool:
    """One round; whether it marked anything."""
    marked = _spread_households(staged, owners)
    for row, needed in staged.only_with:
        if needed.faulty and not row.faulty:
            row.faulty = marked = True
    sound = {
        "areas": register["areas"] | {row.values["code"] for row in staged.of("areas") if not row.faulty},
        "organisations": register["organisations"]
        | {row.values["code"] for row in staged.of("organisations") if not row.faulty},
        "people": register["people"]
        | {row.values["helper_no"] for row in staged.of("people") if not row.faulty},
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


def _spread_households(staged: Staged, owners: set[str]) -> bool:
    rows = _rows_of_households(staged)
    faulty = owners | {row.values[_WHOSE] for row in rows if row.faulty} - {""}
    marked = False
    for row in rows:
        if not row.faulty and row.values[_WHOSE] in faulty:
            row.faulty = marked = True
    return marked


def _rows_of_households(staged: Staged) -> list[Row]:
    return [row for key in _OF_HOUSEHOLDS for row in staged.of(key)]
