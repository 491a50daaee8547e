"""Households' sheets, drawn by a seed: right answers to every question of a form, and what they come to."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from PIL import Image

from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import HOUSEHOLD, Kind, Sheet
from yixian.engines.survey.xlsform import photograph_names

PICTURE = "picture.png"


def answers(pack: Pack, sheet: Sheet, number: int) -> dict[str, str]:
    """The answers of one household: one to four items, drawn by its number."""
    draw = random.Random(f"{pack.id} {sheet.id} {number}")
    given = {"household_id": f"H{number:04d}", "measured_on": "2026-11-02"}
    items = [item for item in pack.items.values() if item.category in sheet.categories]
    for row in range(1, draw.randint(1, 4) + 1):
        item = draw.choice(items)
        kind = sheet.kind_of(item)
        assert kind is not None
        given[f"item[{row}]/item_code"] = item.code
        for asked in (*kind.measures, *kind.attributes):
            given[f"item[{row}]/{kind.id}/{asked.name}"] = _drawn(draw, asked)
        for name in photograph_names(kind):
            given[f"item[{row}]/{kind.id}/{name}"] = PICTURE
    for role in pack.survey.present:
        given[f"{role}/name"] = f"某{role}"
        if role == HOUSEHOLD:
            given[f"{role}/refused"] = "no"
        else:
            given[f"{role}/organisation"] = f"{role} 的单位"
        given[f"{role}/signature"] = PICTURE
    return given


def _drawn(draw: random.Random, asked: Input) -> str:
    if asked.choices:
        return draw.choice(list(asked.choices))
    if asked.is_day:
        return day_text(draw.randint(int(asked.low), int(asked.high)))
    unit = 10**asked.scale
    number = draw.choice(
        [int(asked.low * unit), int(asked.high * unit), *(_typical(draw, asked) for _ in range(6))]
    )
    return f"{Decimal(number).scaleb(-asked.scale):f}"


def _typical(draw: random.Random, asked: Input) -> int:
    unit = 10**asked.scale
    return draw.randint(int(asked.low * unit), int(min(asked.high, asked.low + 30) * unit))


def quantities(pack: Pack, sheet: Sheet, given: dict[str, str]) -> list[Decimal]:
    """What the items come to, in plain decimals: another way than the product's."""
    found = []
    row = 1
    while f"item[{row}]/item_code" in given:
        kind = sheet.kind_of(pack.items[given[f"item[{row}]/item_code"]])
        assert kind is not None
        found.append(
            _quantity(
                kind, {one.name: Decimal(given[f"item[{row}]/{kind.id}/{one.name}"]) for one in kind.measures}
            )
        )
        row += 1
    return found


def _quantity(kind: Kind, measures: dict[str, Decimal]) -> Decimal:
    product = Decimal(1)
    for value in measures.values():
        product *= value
    if kind.quantity.startswith("div(area * 15, 10000"):
        return (product * 15 / 10000).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return product.quantize(Decimal("0.01"), ROUND_HALF_UP) if kind.quantity.startswith("round") else product


def picture(folder: Path) -> None:
    """The picture that all of these answers name."""
    Image.new("RGB", (8, 8), "white").save(folder / PICTURE)
