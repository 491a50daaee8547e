"""Households' sheets, drawn by a seed: right answers to every question of a form, and what they come to."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from yixian.domain.policy import Pack
from yixian.domain.policy.day_numbers import day_text
from yixian.domain.policy.declared import Input, Item
from yixian.domain.policy.survey import HOUSEHOLD, Kind, Sheet
from yixian.engines.survey.xlsform import photograph_names, xlsform

PICTURE = "picture.png"


def answers(pack: Pack, sheet: Sheet, number: int) -> dict[str, str]:
    """The answers of one household: one to four items, drawn by its number."""
    draw = random.Random(f"{pack.id} {sheet.id} {number}")
    items = [item for item in pack.items.values() if item.category in sheet.categories]
    drawn = [draw.choice(items) for _ in range(draw.randint(1, 4))]
    given = {"household_id": f"H{number:04d}", "measured_on": "2026-11-02"}
    for row, item in enumerate(drawn, 1):
        given |= _of_row(draw, sheet, item, row)
    return given | _signed(pack)


def of_item(pack: Pack, sheet: Sheet, item: Item) -> dict[str, str]:
    """The answers of a household that has just this item."""
    given = {"household_id": "H1", "measured_on": "2026-11-02"}
    return given | _of_row(random.Random(item.code), sheet, item, 1) | _signed(pack)


def _of_row(draw: random.Random, sheet: Sheet, item: Item, row: int) -> dict[str, str]:
    kind = sheet.kind_of(item)
    assert kind is not None
    at = f"item[{row}]/{kind.id}"
    return (
        {f"item[{row}]/item_code": item.code}
        | {f"{at}/{asked.name}": _drawn(draw, asked) for asked in (*kind.measures, *kind.attributes)}
        | {f"{at}/{name}": PICTURE for name in photograph_names(kind)}
    )


def _signed(pack: Pack) -> dict[str, str]:
    given = {}
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


def written(pack: Pack, sheet: Sheet, given: dict[str, str]) -> bytes:
    """An instance as a hostile client may write it: any answers at all, with the quantity that they come to, if to any."""
    tree: dict[str, Any] = {}
    for path, value in given.items():
        here = tree
        *steps, last = path.split("/")
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = value
    try:
        tree["item[1]"]["quantity"] = f"{quantities(pack, sheet, given)[0]:f}"
    except (AssertionError, KeyError, ArithmeticError):
        tree["item[1]"]["quantity"] = "1"
    form = xlsform(pack, sheet).settings
    return (
        f'<data id="{form["form_id"]}" version="{form["version"]}">{_xml(tree)}'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    ).encode()


def _xml(tree: dict[str, Any]) -> str:
    found = ""
    for name, value in tree.items():
        tag = name.split("[", maxsplit=1)[0]
        found += f"<{tag}>{_xml(value) if isinstance(value, dict) else value}</{tag}>"
    return found
