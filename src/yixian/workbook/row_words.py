"""单行的说法: what is proposed of one row, in the words that the second person reads."""

from __future__ import annotations

from typing import Any

from yixian.registry.actions.propose_change import ChangedField
from yixian.workbook.cells_shown import shown_text
from yixian.workbook.differences import SEALED
from yixian.workbook.editable_rows import EditableRow
from yixian.workbook.row_check import CheckedRow
from yixian.workbook.schema import Column, Kind, sheet

_NOTE = ("请留意", "Please note")


def typed_of(row: EditableRow, name: str) -> str:
    """What stands in a column of a row, as it would be typed into its field: choices by their codes."""
    column, value = sheet(row.sheet).column(name), row.values[name]
    if column.kind == Kind.YES_NO and value is not None:
        return "yes" if value else "no"
    if column.kind in {Kind.CHOICE, Kind.LANGUAGES}:
        return str(value or "")
    return shown_text(column, value)


def row_label(row: EditableRow, checked: CheckedRow) -> str:
    """Whom or what a proposal is about: a person by name, a line by its item, a household by its head."""
    head = row.household.head.name if row.household is not None and row.household.head else ""
    values = checked.row.values
    if row.sheet == "persons":
        return f"{head} · {values['name']}" if head and head != values["name"] else str(values["name"])
    if row.sheet == "items":
        return f"{head} · {_item(checked, values['item_code'], 'zh')}".strip(" ·")
    return head or row.key


def words_of(row: EditableRow, checked: CheckedRow) -> list[ChangedField]:
    """Every field that would be entered, before and after, and after them what is unusual in it."""
    number = row.household.household_no if row.household is not None else ""
    about = {lang: _about(row, checked, lang) for lang in ("zh", "en")}
    words: list[ChangedField] = []
    for name in checked.columns:
        column = sheet(row.sheet).column(name)
        old = "" if row.is_new else _said(column, row.values[name], checked)
        new = _said(column, checked.row.values[name], checked)
        if old == new:
            continue
        words.append(
            {
                "household_no": number,
                "field": f"{about['zh']} {column.zh}".strip(),
                "field_en": f"{about['en']} {column.en}".strip(),
                "old": old,
                "new": new,
                "kind": column.kind if column.kind in SEALED else "",
            }
        )
    for note in checked.notes:
        zh, en = _NOTE
        noted: ChangedField = {
            "household_no": number,
            "field": zh,
            "field_en": en,
            "old": "",
            "new": note.message,
            "kind": "",
        }
        words.append(noted)
    return words


def _about(row: EditableRow, checked: CheckedRow, lang: str) -> str:
    """Whose field it is: a person's or a line's; nothing before those of the household itself."""
    values = checked.row.values if row.is_new else row.values
    if row.sheet == "persons":
        return str(values["name"])
    return _item(checked, values["item_code"], lang) if row.sheet == "items" else ""


def _said(column: Column, value: Any, checked: CheckedRow) -> str:
    if column.key == "item_code" and value:
        return _item(checked, str(value), "zh")
    return shown_text(column, value)


def _item(checked: CheckedRow, code: str, lang: str) -> str:
    item = checked.pack.items.get(code) if checked.pack else None
    return item.name(lang) if item else code
