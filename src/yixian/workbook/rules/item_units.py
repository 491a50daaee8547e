"""数量带单位: a quantity with a unit behind it, told by the unit that its item is counted in."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from yixian.domain.policy.units import Unit
from yixian.engines.entitlements import Pack
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.staging import Staged

ITEMS = "items"
_SPELLINGS = {
    "m2": "平米 平方",
    "m3": "立方",
    "m": "延米",
    "km": "千米",
    "mu": "市亩",
    "each": "件 座 口 眼 处 根 台 只 头 匹",
    "tree": "棵",
    "person": "口",
    "day": "日",
    "month": "个月",
}
"""Unit → what else is written for it, besides its code and its own words. None may stand for two measures."""


def tell_units(staged: Staged, pack: Pack) -> None:
    """Propose the number alone where the unit written is the item's own; name both where it is another.

    Where the item is not known nothing is said of the number: 1200 would be right in m², and a fortune in mu.
    """
    codes = {row.number: row.values["item_code"] for row in staged.of(ITEMS)}
    for place, fault in enumerate(staged.faults):
        if (fault.sheet, fault.rule) == (ITEMS, "cell.item_unit"):
            item = pack.items.get(codes[fault.row])
            unit = pack.units.get(item.unit) if item is not None else None
            if unit is not None:
                staged.faults[place] = _in_words(fault, unit)


def _in_words(fault: ImportFault, unit: Unit) -> ImportFault:
    written = fault.params["written"]
    if is_written_for(written, unit):
        return replace(fault, rule="cell.unit", params={"proposal": fault.params["number"]})
    words = {"written": written, "unit": unit.zh, "unit_en": unit.en}
    return replace(fault, rule="cell.other_unit", params=words)


def is_written_for(written: str, unit: Unit) -> bool:
    """Whether what was written is a usual spelling of a unit: ㎡, m² and 平米 are the square metre."""
    usual = {unit.code, unit.zh, unit.en, unit.plural, *_SPELLINGS.get(unit.code, "").split()}
    return _compared(written) in {_compared(spelling) for spelling in usual}


def _compared(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
