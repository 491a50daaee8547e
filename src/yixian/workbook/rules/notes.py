"""提示: what is unusual but may be true — worth a second look, and no reason to keep a workbook out."""

from __future__ import annotations

from datetime import date

from yixian.domain.ages import years_between
from yixian.workbook.staging import Row, Staged

GROWN = 16
"""From this age on a resident carries an identity card of their own accord (居民身份证法 art. 2)."""

OLDEST = 110


def note_unusual(staged: Staged, today: date) -> None:
    """Heads who are children, grown people without an ID number, the very old, and things of which there is none."""
    for row in staged.of("persons"):
        if row.values["birth_date"] is not None:
            _note_age(staged, row, years_between(row.values["birth_date"], today))
    for row in staged.of("items"):
        if row.values["quantity"] == 0:
            staged.note("items", row, "quantity", "note.nothing")


def _note_age(staged: Staged, row: Row, age: int) -> None:
    if age > OLDEST:
        staged.note("persons", row, "birth_date", "note.old", age=age)
    if row.values["relation"] == "head" and age < GROWN:
        staged.note("persons", row, "relation", "note.young_head", age=age)
    if age >= GROWN and not row.values["id_number"]:
        staged.note("persons", row, "id_number", "note.no_identity")
