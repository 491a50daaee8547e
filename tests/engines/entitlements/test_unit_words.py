"""单位: units in words, in English with a plural where things are counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yixian.engines.entitlements import PackErrors, load_pack, sentence, unit_after, unit_word
from yixian.engines.entitlements.pack_files import read_pack

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
    pack = load_pack(PACK)
    assert unit_after(pack, quantity, unit, "en") == told
    assert unit_after(pack, Decimal(quantity), unit, "en") == told
    assert unit_after(pack, quantity, unit, "zh") == unit_word(pack, unit, "zh")


OWN_UNITS = """units:
  ha: {zh: 公顷, en: ha, dimension: area}
  acre: {zh: 英亩, en: acre, dimension: area, plural: acres}
  room: {zh: 间, en: room, dimension: count}
"""


@pytest.mark.parametrize(
    ("unit", "zh", "one", "two"),
    [("ha", "公顷", "ha", "ha"), ("acre", "英亩", "acre", "acres"), ("room", "间", "room", "rooms")],
)
def test_a_pack_has_units_of_its_own(unit: str, zh: str, one: str, two: str) -> None:
    sources = dict(load_pack(PACK).sources)
    sources["pack.yaml"] += OWN_UNITS
    for name in ("items.csv", "prices.csv"):
        sources[name] = sources[name].replace(",mu,", f",{unit},")
    pack = read_pack(sources)
    item = next(item for item in pack.items.values() if item.unit == unit)
    told = [unit_after(pack, quantity, unit, "en") for quantity in ("1", "1.00", "2", "0.5")]
    assert told == [one, one, two, two]
    values = {"quantity": "2.0000", "price": "14.0000"}
    assert f"2 {zh} × 14.00 元/{zh}" in sentence(
        pack, date(2010, 6, 1), "item_price", item.code, values, 2800, "zh"
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("mu: {zh: 亩, en: mu, dimension: area}", "unit.known"),
        ("5m: {zh: 米, en: m, dimension: length}", "unit.code"),
        ("ha: {zh: 公顷, en: ha, dimension: surface}", "unit.dimension"),
        ("ha: {zh: 公顷, dimension: area}", "pack.missing"),
    ],
)
def test_a_unit_of_its_own_is_checked(line: str, key: str) -> None:
    sources = dict(load_pack(PACK).sources)
    sources["pack.yaml"] += f"units:\n  {line}\n"
    with pytest.raises(PackErrors) as caught:
        read_pack(sources)
    assert [problem.key for problem in caught.value.problems] == [key]


@pytest.mark.parametrize(("quantity", "told"), [("3.0000", "3 trees"), ("1.0000", "1 tree")])
def test_a_line_counts_in_its_quantity_but_not_in_its_price(quantity: str, told: str) -> None:
    pack = load_pack(PACK)
    item = next(item for item in pack.items.values() if item.unit == "tree")
    values = {"quantity": quantity, "price": "14.0000"}
    line = sentence(pack, date(2010, 6, 1), "item_price", item.code, values, 4200, "en")
    assert f", {told} × 14.00 yuan/tree = 42.00 yuan" in line
