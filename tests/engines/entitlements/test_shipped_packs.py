"""The shipped packs against their oracles: hundreds of households, with tier boundaries and boundary days."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engines.entitlements import published_oracles as oracles
from yixian.engines.entitlements import compute, load_pack
from yixian.engines.entitlements.pack_files import read_pack

PACKS = Path(__file__).parents[3] / "packs"
HOUSEHOLDS = 400
AREAS = (0, 1, 4999, 5000, 5001, 12350, 99_999)
"""Ten-thousandths, at and around the halves."""


def _calculated(pack, homes, items, on):
    """Household → {(line, rule): amount or count}."""
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), on)
    assert result.problems.to_pylist() == []
    measures = {rule.id: rule.measure for rule in pack.rules}
    found = {home["household_id"]: {} for home in homes}
    for row in result.lines.to_pylist():
        measure = measures[row["rule"]]
        amount = Decimal(row["amount_fen"]).scaleb(-pack.currency.digits)
        told = row[measure.name] if measure else amount
        found[row["household_id"]][row["line_id"], row["rule"]] = told
    return found


def _compared(pack, homes, items, on, oracle):
    """How many lines were the same; any that differs fails."""
    own = {home["household_id"]: [] for home in homes}
    for item in items:
        own[item["household_id"]].append(item)
    expected = {home["household_id"]: oracle(home, own[home["household_id"]]) for home in homes}
    found = _calculated(pack, homes, items, on)
    differences = {
        number: (found[number], lines) for number, lines in expected.items() if found[number] != lines
    }
    assert differences == {}
    return sum(map(len, found.values()))


def _items(rnd, homes, make, most=6):
    count = 0
    for home in homes:
        for _ in range(rnd.randint(0, most)):
            count += 1
            yield {"line_id": f"L{count:05}", "household_id": home["household_id"], **make()}


def _area(rnd):
    return Decimal(rnd.choice([rnd.choice(AREAS), rnd.randint(0, 5_000_000)])).scaleb(-4)


@pytest.mark.parametrize("index", ["1", "1.0837", "0.999999", "2.5"])
def test_three_gorges_equals_its_oracle_in_the_base_year_and_at_any_index(index):
    pack = load_pack(PACKS / "three-gorges-1993")
    rows = pack.sources["factors.csv"].replace("1994-01-01,1,", f"1994-01-01,{index},")
    pack = read_pack(pack.sources | {"factors.csv": rows})
    rnd = random.Random(index)
    homes = [
        {"household_id": f"H{number:04}", "zone": "", "persons": rnd.choice([0, 1, 100, rnd.randint(0, 9)])}
        for number in range(HOUSEHOLDS)
    ]
    codes = sorted(oracles.THREE_GORGES)
    items = [*_items(rnd, homes, lambda: {"item_code": rnd.choice(codes), "quantity": _area(rnd)})]
    for on in (date(1993, 1, 1), date(1993, 12, 31)):
        own = _compared(
            pack, homes, items, on, lambda home, own: oracles.three_gorges(home, own, Decimal(index))
        )
        assert own > HOUSEHOLDS


@pytest.mark.parametrize("on", [date(1992, 12, 31), date(1994, 1, 1), date(2020, 6, 1)])
def test_three_gorges_calculates_nothing_for_a_year_without_an_index(on):
    pack = load_pack(PACKS / "three-gorges-1993")
    homes = [{"household_id": "H1", "zone": "", "persons": 3}]
    items = [{"line_id": "L1", "household_id": "H1", "item_code": "facility.wall", "quantity": Decimal(1)}]
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), on)
    assert result.lines.num_rows == 0
    assert result.statements.column("status").to_pylist() == ["withheld"]


def test_lai_chau_equals_its_oracle_at_every_tier():
    pack = load_pack(PACKS / "lai-chau-2010")
    rnd = random.Random(16)
    kilometres = ["0", "9.9", "10", "10.1", "29.9", "30", "49.9", "50", "50.1", "9999"]
    homes = [
        {
            "household_id": f"H{number:04}",
            "zone": "",
            "persons": rnd.choice([0, 1, 4, 5, 6, 100]),
            "move": rnd.choice(["stays", "inside", "outside"]),
            "km": rnd.choice([Decimal(rnd.choice(kilometres)), Decimal(rnd.randint(0, 2000)).scaleb(-1)]),
            "days_early": rnd.choice([None, 0, 4, 5, 6, 14, 15, 16, 29, 30, 31, 3650]),
        }
        for number in range(HOUSEHOLDS)
    ]
    codes = sorted(oracles.GRAVES)
    items = [
        *_items(
            rnd,
            homes,
            lambda: {"item_code": rnd.choice(codes), "quantity": rnd.choice([0, 1, 7, 100_000])},
            3,
        )
    ]
    for on in (date(2010, 8, 19), date(2014, 1, 1)):
        assert _compared(pack, homes, items, on, oracles.lai_chau) > HOUSEHOLDS


def test_tuoba_equals_its_oracle_with_every_rounding():
    pack = load_pack(PACKS / "tuoba")
    rnd = random.Random(290)
    homes = [
        {
            "household_id": f"H{number:04}",
            "zone": "",
            "persons": rnd.choice([0, 1, 4, 100]),
            "farmers": rnd.choice([0, 1, 3, 100]),
            "move": rnd.choice(["far", "near"]),
            "settle": rnd.choice(["rural", "town"]),
            "frame_price": Decimal(rnd.choice([1, 81_234, 9_999_999, rnd.randint(1, 200_000)])).scaleb(-2),
            "annuity_persons": rnd.choice([None, 0, 1, 5]),
        }
        for number in range(HOUSEHOLDS)
    ]
    houses = ["frame", "brick_concrete", "brick_timber", "timber", "earth_timber"]
    codes = [f"house.main.{kind}" for kind in houses] + ["house.side"]

    def house():
        price = Decimal(rnd.choice([1, 40_050, rnd.randint(1, 150_000)])).scaleb(-2)
        return {"item_code": rnd.choice(codes), "quantity": _area(rnd), "unit_price": price}

    def plot():
        return {
            "item_code": "land.plot",
            "quantity": _area(rnd),
            "land_use": rnd.choice(sorted(oracles.WEIGHTS)),
            "scope": rnd.choice(sorted(oracles.YEARS)),
            "coefficient": Decimal(rnd.choice([0, 1, 50, 8550, 10_000, rnd.randint(0, 99_999)])).scaleb(-4),
            "group_mu": Decimal(rnd.choice([100, 8000, 9500, rnd.randint(100, 30_000)])).scaleb(-4),
        }

    own = [*_items(rnd, homes, lambda: rnd.choice([house, plot])())]
    names = ("unit_price", "land_use", "scope", "coefficient", "group_mu")
    items = [dict.fromkeys(names) | item for item in own]
    for on in (date(2020, 1, 1), date(2024, 2, 29)):
        assert _compared(pack, homes, items, on, oracles.tuoba) > 4 * HOUSEHOLDS


@pytest.mark.parametrize("scope", sorted(oracles.YEARS))
def test_the_decided_growth_factors_are_the_powers_rounded(scope):
    factor = load_pack(PACKS / "tuoba").factor_on("growth", scope, date(2020, 1, 1))
    assert factor is not None
    assert factor.value == oracles.growth(scope)
