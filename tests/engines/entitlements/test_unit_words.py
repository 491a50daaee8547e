"""单位: units in words, in English with a plural where things are counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yixian.engines.entitlements import load_pack, sentence, unit_after, unit_word

PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"


@pytest.mark.parametrize(
    ("quantity", "unit", "told"),
    [
        ("1", "tree", "tree"),
        ("1.0000", "tree", "tree"),
        ("3", "tree", "trees"),
        ("0", "each", "items"),
        ("0.5", "set", "sets"),
        ("2", "household", "households"),
        ("4", "person", "persons"),
        ("86.4", "m2", "m²"),
        ("2.5", "mu", "mu"),
        ("3", "m", "m"),
    ],
)
def test_a_counted_thing_has_a_plural(quantity: str, unit: str, told: str) -> None:
    assert unit_after(quantity, unit, "en") == told
    assert unit_after(Decimal(quantity), unit, "en") == told
    assert unit_after(quantity, unit, "zh") == unit_word(unit, "zh")


@pytest.mark.parametrize(("quantity", "told"), [("3.0000", "3 trees"), ("1.0000", "1 tree")])
def test_a_line_counts_in_its_quantity_but_not_in_its_price(quantity: str, told: str) -> None:
    pack = load_pack(PACK)
    item = next(item for item in pack.items.values() if item.unit == "tree")
    values = {"quantity": quantity, "price": "14.0000"}
    line = sentence(pack, date(2010, 6, 1), "item_price", item.code, values, 4200, "en")
    assert f", {told} × 14.00 yuan/tree = 42.00 yuan" in line
