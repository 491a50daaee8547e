"""实物规则: codes of the pack in force, and owners that do not change by a spreadsheet."""

from __future__ import annotations

from yixian.engines.entitlements import Pack
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.rules.item_units import tell_units
from yixian.workbook.staging import Staged

ITEMS = "items"


def check_items(staged: Staged, known: RegisterKeys, pack: Pack | None) -> None:
    """Every item's code is in the pack, and a line of the register keeps its household.

    What the register holds already under a code that the policy does not know stays there, and is noted: nobody has decided
    about it yet, and the county's own export must come in again.
    """
    rows = staged.of(ITEMS)
    if rows and pack is None:
        staged.fault(ITEMS, rows[0], "item_code", "pack.none")
        return
    if pack is not None:
        tell_units(staged, pack)
    for row in rows:
        code = row.values["item_code"]
        if pack is not None and code and code not in pack.items:
            if known.item_codes.get(row.values["line_no"]) == code:
                staged.note(ITEMS, row, "item_code", "note.undecided_item")
            else:
                staged.fault(ITEMS, row, "item_code", "item.unknown")
        owner, number = known.items.get(row.values["line_no"]), row.values["household_no"]
        if owner is not None and number and owner != number:
            staged.fault(ITEMS, row, "household_no", "item.owner", other=known.household_named(owner))
        household = known.households.get(number)
        if household is not None and household.ended:
            staged.fault(ITEMS, row, "household_no", "household.ended")
