"""A quantity with a unit behind it: the number alone is proposed in the item's own unit, and never in another."""

from __future__ import annotations

import openpyxl
import pytest
from django.utils import translation

from yixian.domain.policy.units import UNITS, unit
from yixian.workbook.queries import faults_of
from yixian.workbook.rules.item_units import is_written_for

from .books import FIRST, changed, column, page

WRITTEN = [
    ("land.dry", "1200㎡", "写的是 ㎡，这个指标按亩登记。请核对调查表，换算成亩再写，只写数字。"),
    ("land.dry", "2公顷", "写的是 公顷，这个指标按亩登记。请核对调查表，换算成亩再写，只写数字。"),
    ("land.dry", "0.5亩", "数字后面带了单位。请只写 0.5。"),
    ("house.auxiliary", "1,200 m²", "数字后面带了单位。请只写 1,200。"),
    ("house.auxiliary", "3间", "写的是 间，这个指标按平方米登记。请核对调查表，换算成平方米再写，只写数字。"),
    (
        "house.auxiliary",
        "86.4元",
        "写的是 元，这个指标按平方米登记。请核对调查表，换算成平方米再写，只写数字。",
    ),
    ("tree.fruit", "12棵", "数字后面带了单位。请只写 12。"),
    ("grave.single", "2座", "数字后面带了单位。请只写 2。"),
    ("no.such.item", "1200㎡", "数字后面带了单位。请只写数字，不带单位；数字按该指标自己的计量单位计。"),
]


def test_the_number_alone_is_proposed_in_the_unit_of_the_item_only(county_file, bring):
    def write(book: openpyxl.Workbook) -> None:
        for row, (item, quantity, _told) in enumerate(WRITTEN, FIRST):
            page(book, "items").cell(row, column("items", "item_code")).value = item
            page(book, "items").cell(row, column("items", "quantity")).value = quantity

    found = faults_of(bring(changed(county_file, write)))
    with translation.override("zh-hans"):
        told = [fault.message + fault.advice for fault in found if fault.column == "quantity"]
    assert told == [sentence for _item, _quantity, sentence in WRITTEN]
    with translation.override("en"):
        assert "㎡, but the item is counted in mu" in found[0].message


@pytest.mark.parametrize(
    ("code", "spellings"),
    [
        ("m2", "㎡ m² m2 M2 平方米 平米"),
        ("m3", "m³ ㎥ m3 立方米"),
        ("m", "m 米"),
        ("mu", "亩 mu"),
        ("tree", "株 棵"),
        ("each", "个 座 口"),
        ("set", "套"),
    ],
)
def test_a_unit_is_known_in_all_its_usual_spellings_and_in_no_other(code, spellings):
    known = {one for one in UNITS for word in spellings.split() if is_written_for(word, UNITS[one])}
    assert all(is_written_for(word, UNITS[code]) for word in spellings.split())
    assert known == ({"each", "person"} if code == "each" else {code})


def test_a_unit_that_a_pack_declares_is_known_by_its_own_words():
    rooms = unit("room", "count", "间", "room")
    assert is_written_for("间", rooms)
    assert is_written_for("rooms", rooms)
    assert not is_written_for("㎡", rooms)
