"""Published worked examples with their answers: W2, W3, W5, and C1 added up from the table of Tuoba."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engines.entitlements.published_oracles import FAR, NEAR, land_price
from yixian.engines.entitlements import compute, load_pack, sentence, trace_of
from yixian.engines.entitlements.examples import check_examples

HERE = Path(__file__).parent
PACKS = HERE.parents[2] / "packs"
LAND = HERE / "packs" / "land-examples"
MOVING = {"moving_package", "house_building", "lighting_water", "biogas"}


@pytest.fixture(scope="module")
def land():
    return load_pack(LAND)


def _calculated(pack, household, items, on):
    homes = pa.Table.from_pylist([{"household_id": "H1", "zone": "rural", **household}])
    rows = [{"line_id": f"L{number}", "household_id": "H1", **item} for number, item in enumerate(items)]
    result = compute(pack, homes, pa.Table.from_pylist(rows, schema=_schema(rows, pack)), on)
    assert result.problems.num_rows == 0
    return result


def _schema(rows, pack):
    names = ["line_id", "household_id", "item_code", *pack.item_inputs]
    return pa.schema([(name, pa.string()) for name in names])


def _field(area, values, heads_fed):
    years = zip(("first_year", "second_year", "third_year"), values, strict=True)
    return {"item_code": "land.field", "quantity": str(area), "heads_fed": heads_fed} | dict(years)


def test_the_small_pack_is_sound(land):
    assert check_examples(land) == []


def test_w2_a_hundred_mu_make_three_and_a_half_million(land):
    """210 + 126 + 12 + 2 ten-thousands, each part of the published answer."""
    items = [
        _field(100, ("2000", "2100", "2200"), "one_mu_a_head"),
        {"item_code": "tree.fruit", "quantity": "2400"},
        {"item_code": "crop.standing", "quantity": "100"},
    ]
    lines = _calculated(land, {"heads": 0}, items, date(2010, 1, 1)).lines.to_pylist()
    amounts = {(row["line_id"], row["rule"]): row["amount_fen"] for row in lines}
    assert amounts == {
        ("L0", "land_compensation"): 2_100_000_00,
        ("L0", "resettlement_subsidy"): 1_260_000_00,
        ("L1", "goods"): 120_000_00,
        ("L2", "goods"): 20_000_00,
    }
    assert sum(amounts.values()) == 3_500_000_00
    assert land_price((2000, 2100, 2200), 10, 6) * 100 == 3_360_000


def test_w2_comes_out_of_the_demonstration_countys_pack_too():
    pack = load_pack(PACKS / "danjiangkou-2009")
    items = [
        {"item_code": "land.dry", "quantity": "100"},
        {"item_code": "tree.fruit", "quantity": "2400"},
        {"item_code": "crop.standing", "quantity": "100"},
    ]
    assert _calculated(pack, {"persons": 0}, items, date(2010, 1, 1)).manifest["total_fen"] == 3_500_000_00


def test_w3_two_hundred_mu_make_five_million_eight_hundred_thousand(land):
    result = _calculated(
        land, {"heads": 0}, [_field(200, ("3000", "2900", "2800"), "none")], date(2010, 1, 1)
    )
    assert result.manifest["total_fen"] == 5_800_000_00
    assert land_price((3000, 2900, 2800), 10, 0) * 200 == 5_800_000


@pytest.mark.parametrize("heads", [1, 7, 10_000])
def test_w5_what_was_withheld_a_head(land, heads):
    result = _calculated(land, {"heads": heads}, [], date(2012, 1, 1))
    assert result.manifest["total_fen"] == heads * 30_720_00


@pytest.mark.parametrize(
    ("move", "settle", "total"),
    [("far", "rural", 56_552), ("near", "rural", 55_144), ("near", "town", 53_024)],
)
def test_c1_four_persons_who_move(move, settle, total):
    pack = load_pack(PACKS / "tuoba")
    household = {"persons": 4, "farmers": 4, "move": move, "settle": settle, "frame_price": Decimal("0.01")}
    result = _calculated(pack, household, [], date(2020, 6, 1))
    lines = {row["rule"]: row["amount_fen"] for row in result.lines.to_pylist()}
    assert sum(amount for rule, amount in lines.items() if rule in MOVING) == total * 100
    rural = settle == "rural"
    by_hand = 4 * (sum(FAR if move == "far" else NEAR) + 1000 + (200 if rural else 120)) + 1800 * rural
    assert by_hand == total


def test_a_household_without_a_house_is_never_skipped():
    """The defect of the public software: no main house, no top-up."""
    pack = load_pack(PACKS / "tuoba")
    household = {"persons": 3, "farmers": 3, "move": "far", "settle": "town", "frame_price": Decimal(900)}
    lines = _calculated(pack, household, [], date(2020, 6, 1)).lines.to_pylist()
    (topup,) = [row for row in lines if row["rule"] == "hardship_topup"]
    assert topup["amount_fen"] == 3 * 25 * 900 * 100
    told = sentence(pack, date(2020, 6, 1), "hardship_topup", "", trace_of(topup), topup["amount_fen"], "zh")
    assert told == (
        "建房困难户补助：3 人 × 25 平方米 × 框架单价 900 元 = 67,500 元，− 正房补偿 0.00 元 = 67,500.00 元"
    )
