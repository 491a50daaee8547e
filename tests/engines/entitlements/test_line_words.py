"""The words of lines, by rule and place in the tariff, beside what the pack itself says of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.line_words import LineWords, _coded
from yixian.engines.entitlements.numbering import PLACE, RULE
from yixian.engines.entitlements.rules_typing import typed
from yixian.engines.entitlements.tariff import tariff_rows

PACKS = sorted(path.parent for path in (Path(__file__).parents[3] / "packs").glob("*/pack.yaml"))
DAYS = [date(1996, 6, 1), date(2012, 6, 1), date(2024, 6, 1)]


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_rule_in_every_place_of_the_tariff_says_what_the_pack_says(folder, on):
    pack = load_pack(folder).as_if_decided()
    rules = {rule.id: rule for rule in pack.rules_on(on)}
    words = LineWords(pack, [typed(pack, rule) for rule in rules.values()], tariff_rows(pack, on))
    numbers = {rule.id: number for number, rule in enumerate(pack.rules)}
    spots = [(item, zone) for item in pack.items.values() for zone in ("", *pack.zones)]
    lines, expected = [], []
    for rule in rules.values():
        places = range(len(spots)) if rule.applies_to == "items" else [-1]
        for place in places:
            lines.append({RULE: numbers[rule.id], PLACE: place})
            expected.append(_told(pack, rule, *(spots[place] if place >= 0 else (None, "")), on))
    schema = pa.schema([(RULE, pa.int32()), (PLACE, pa.int32())])
    found = words.added_to(pa.Table.from_pylist(lines, schema=schema)).drop_columns([RULE, PLACE])
    assert found.to_pylist() == expected


def _told(pack, rule, item, zone, on):
    price = pack.price_on(item.code, zone, on) if item else None
    own_head = next((head.code for head in pack.budget_heads.values() if rule.id in head.rules), None)
    cited = (rule.document, rule.clause) if rule.document else (price and (price.document, price.clause))
    return {
        "category": item.category if item else None,
        "rule": rule.id,
        "item_code": item.code if item else None,
        "unit": rule.measure.unit if rule.measure else (item.unit if item else None),
        "paid": "counted" if rule.measure else rule.paid,
        "head": own_head or (item and pack.budget_head_of("", item.code)) or None,
        "document": cited[0] if cited else None,
        "clause": cited[1] if cited else None,
    }


@pytest.mark.parametrize(
    ("count", "kind"), [(1, np.uint8), (255, np.uint8), (256, np.uint16), (70_000, np.uint32)]
)
def test_more_words_take_wider_places_and_none_of_them_is_nothing(count, kind):
    words = [f"w{number}" for number in range(count)]
    codes = _coded([*words, None], words)
    assert codes.dtype == kind
    assert codes.tolist() == [*range(count), count]
