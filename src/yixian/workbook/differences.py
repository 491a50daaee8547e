"""差异: what a workbook would change in the register — new rows, changed ones with old and new, unchanged and absent ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from yixian.kernel.crypto import keyring
from yixian.kernel.job_reports import Reporter
from yixian.workbook.access import Reach
from yixian.workbook.cells_shown import shown_text
from yixian.workbook.register_rows import row_key, rows_by_key
from yixian.workbook.schema import SHEETS, Kind, Sheet
from yixian.workbook.staging import Row, Staged

SEALED = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT})
"""Kinds whose values never stand in a difference, only that they changed."""

HIDDEN = "···"


@dataclass(frozen=True, slots=True)
class Change:
    """A changed row: its new values, those in the register, and the columns that differ."""

    row: Row
    old: dict[str, Any]
    columns: tuple[str, ...]


@dataclass(slots=True)
class SheetPlan:
    """What is to be done with one sheet."""

    new: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0


Plan = dict[str, SheetPlan]


def fill_absent(staged: Staged, reach: Reach) -> None:
    """Where the workbook lacks a column, give each row what the register holds there: a missing column says nothing."""
    for sheet in SHEETS:
        absent = staged.absent.get(sheet.key)
        if not absent:
            continue
        register = rows_by_key(sheet, reach)
        for row in staged.of(sheet.key):
            old = register.get(row_key(sheet, row.values), {})
            row.values.update({column: old[column] for column in absent if column in old})


def plan_of(staged: Staged, reach: Reach, report: Reporter) -> Plan:
    """Compare every row that is not faulty with the register."""
    plan: Plan = {}
    for number, sheet in enumerate(SHEETS):
        report(gettext_noop("Comparing with the register"), number, len(SHEETS))
        plan[sheet.key] = compare(sheet, staged, rows_by_key(sheet, reach))
    report(gettext_noop("Comparing with the register"), len(SHEETS), len(SHEETS))
    return plan


def plan_digest(plan: Plan) -> str:
    """A keyed digest of everything that a plan would enter or change: equal for equal plans only."""
    digest = hashlib.sha256()
    for key, page in plan.items():
        for row in page.new:
            digest.update(repr((key, tuple(row.values.values()))).encode())
        for change in page.changed:
            told = (key, tuple(change.row.values.values()), tuple(change.old.values()))
            digest.update(repr(told).encode())
    return keyring().digest(digest.hexdigest(), purpose="workbook.plan")


def change_words(sheet: Sheet, change: Change) -> list[dict[str, str]]:
    """The changes of a row as field, old and new, in Chinese words as the workbook shows them; sealed values hidden."""
    words = []
    for key in change.columns:
        column = sheet.column(key)
        pair = (change.old[key], change.row.values[key])
        old, new = (HIDDEN if column.kind in SEALED else shown_text(column, value) for value in pair)
        words.append({"field": column.zh, "field_en": column.en, "old": old, "new": new})
    return words


def row_name(sheet: Sheet, values: dict[str, Any]) -> str:
    """The key of a row in words."""
    return " ".join(str(part) for part in row_key(sheet, values))


def compare(sheet: Sheet, staged: Staged, register: dict[tuple[Any, ...], dict[str, Any]]) -> SheetPlan:
    """What is new, changed and unchanged of one sheet, beside the register's rows by what names them."""
    plan = SheetPlan()
    seen = set()
    for row in staged.of(sheet.key):
        key = row_key(sheet, row.values)
        seen.add(key)
        if row.faulty:
            continue
        old = register.get(key)
        if old is None:
            plan.new.append(row)
            continue
        columns = tuple(name for name, value in row.values.items() if value != old[name])
        if columns:
            plan.changed.append(Change(row, old, columns))
        else:
            plan.unchanged += 1
    plan.absent = len(register.keys() - seen)
    return plan
