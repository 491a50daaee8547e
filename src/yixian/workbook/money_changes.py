"""关乎钱款的变更: what of a workbook's differences decides what is paid or to whom, and so needs a second person.

That is: a known row changed in a column on which money hangs (`Column.decides_money`), and a member or an item added to a known
household. The first load of new households is one person's: nothing was reckoned for them, and everything is posted
before it is. Once any account was issued, a second person agrees to new households, too: a household that nobody else has
seen could be paid.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from yixian.registry.actions.propose_change import ChangedField
from yixian.registry.second_person import has_accounts
from yixian.workbook.cells_shown import shown_text
from yixian.workbook.differences import SEALED, Change, Plan, row_name
from yixian.workbook.schema import SHEETS, Sheet, sheet
from yixian.workbook.staging import Row

_OWNED = ("persons", "items")


@dataclass(slots=True)
class MoneyChanges:
    """Each such change in words, unmasked, and the numbers of the known households that they are about."""

    words: list[ChangedField] = field(default_factory=list)
    household_numbers: set[str] = field(default_factory=set)

    def as_text(self) -> str:
        """The same as JSON; "" for nothing."""
        if not self.words:
            return ""
        kept = {"words": self.words, "households": sorted(self.household_numbers)}
        return json.dumps(kept, ensure_ascii=False)


def money_changes(plan: Plan) -> MoneyChanges:
    """What of a plan a second person must agree to; empty where one person may enter it."""
    found = MoneyChanges()
    arriving = {row.values["household_no"]: row for row in plan["households"].new}
    agreed = set(arriving) if arriving and has_accounts() else set()
    for page in SHEETS:
        for change in plan[page.key].changed:
            _note_change(page, change, found)
    for number in sorted(agreed):
        _note_new(sheet("households"), arriving[number], found)
    for key in _OWNED:
        for row in plan[key].new:
            number = row.values["household_no"]
            if number not in arriving or number in agreed:
                _note_new(sheet(key), row, found)
    found.household_numbers -= arriving.keys()
    return found


def _note_change(page: Sheet, change: Change, found: MoneyChanges) -> None:
    columns = [page.column(name) for name in change.columns]
    deciding = [column for column in columns if column.decides_money]
    for column in deciding:
        old, new = (shown_text(column, one[column.key]) for one in (change.old, change.row.values))
        name = row_name(page, change.row.values)
        found.words.append(
            {
                "household_no": change.row.values.get("household_no", ""),
                "field": f"{page.zh} {name} {column.zh}",
                "field_en": f"{page.en} {name} {column.en}",
                "old": old,
                "new": new,
                "kind": column.kind if column.kind in SEALED else "",
            }
        )
    if deciding:
        numbers = {one.get("household_no", "") for one in (change.old, change.row.values)}
        found.household_numbers |= numbers - {""}


def _note_new(page: Sheet, row: Row, found: MoneyChanges) -> None:
    name = row_name(page, row.values)
    columns = [one for one in page.columns if one.decides_money and one.kind not in SEALED]
    shown = [shown_text(column, row.values[column.key]) for column in columns]
    found.words.append(
        {
            "household_no": row.values["household_no"],
            "field": f"{page.zh} {name}",
            "field_en": f"{page.en} {name}",
            "old": "",
            "new": "，".join(one for one in shown if one),
            "kind": "",
        }
    )
    found.household_numbers.add(row.values["household_no"])
