"""The engine and its checker on invented packs, against fractions that share no code with either."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest

from tests.engines.entitlements.invented import DAYS, ITEMS, invent
from yixian.engines.entitlements import compute, sentence, trace_of
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.formula import evaluate, half_up
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.rules_typing import typed

HOUSEHOLDS = 60
CASES = 10_000
HOUSEHOLD_FAULTS = (
    {"persons": None},
    {"persons": 51},
    {"distance": Decimal("-0.1")},
    {"works": "castle"},
    {"farmers": 51},
    {"zone": "moon"},
)
ITEM_FAULTS = (
    {"quantity": None},
    {"quantity": Decimal(100_001)},
    {"age": -1},
    {"item_code": "castle"},
    {"grade": "unheard of"},
)


def _facts(rnd, scale):
    homes = [
        {
            "household_id": f"H{number:03}",
            "zone": rnd.choice(["near", "far"]),
            "persons": rnd.choice([0, 1, 4, 5, 50, rnd.randint(0, 50)]),
            "distance": Decimal(rnd.choice([0, 99, 100, 101, 304, 305, 306, 9999])).scaleb(-1),
            "farmers": rnd.choice([None, 0, 1, 50, rnd.randint(0, 50)]),
            "works": rnd.choice([None, "dam", "lake"]),
        }
        for number in range(HOUSEHOLDS)
    ]
    largest = 10 ** (5 + scale)
    items = [
        {
            "line_id": f"L{number:04}",
            "household_id": rnd.choice(homes)["household_id"],
            "item_code": rnd.choice(sorted(ITEMS)),
            "quantity": Decimal(
                rnd.choice([0, 1, -1, largest, -largest, rnd.randint(-largest, largest)])
            ).scaleb(-scale),
            "age": rnd.choice([0, 200, rnd.randint(0, 80)]),
            "grade": rnd.choice(["fine", "poor"]),
            "weight": rnd.choice(
                [None, Decimal("0.01"), Decimal("9.99"), Decimal(rnd.randint(1, 999)).scaleb(-2)]
            ),
        }
        for number in range(HOUSEHOLDS * 6)
    ]
    return homes, items


@pytest.mark.proof(cases=CASES // HOUSEHOLDS + 1, slice=10)
def test_every_line_equals_the_oracle_of_fractions(cases):
    """Ten thousand cases of a pack and a household: the engine, its checker (which every run asks) and fractions agree."""
    for seed in cases:
        _equals_the_oracle(seed)


def _equals_the_oracle(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = _facts(random.Random(seed), invented.scale)
    on = DAYS[seed % len(DAYS)]
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), on)
    expected = _expected(invented, homes, items, on)
    assert result.problems.num_rows == 0
    assert {
        (row["household_id"], row["line_id"], row["rule"]): _result(pack, row)
        for row in result.lines.to_pylist()
    } == expected
    sums = {home["household_id"]: {"total_fen": 0, "monthly_fen": 0, "yearly_fen": 0} for home in homes}
    for (household, _line, rule), amount in expected.items():
        if rule != "share":
            sums[household]["monthly_fen" if rule == "pension" else "total_fen"] += amount
    assert {
        row["household_id"]: {name: row[name] for name in ("total_fen", "monthly_fen", "yearly_fen")}
        for row in result.statements.to_pylist()
    } == sums
    assert result.manifest["total_fen"] == sum(own["total_fen"] for own in sums.values())


@pytest.mark.parametrize("seed", range(30))
def test_whoever_cannot_be_calculated_is_withheld_whole_and_nobody_else(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    rnd = random.Random(seed)
    homes, items = _facts(rnd, invented.scale)
    held = set()
    for row in rnd.sample(homes, 6):
        row.update(rnd.choice(HOUSEHOLD_FAULTS))
        held.add(row["household_id"])
    for row in rnd.sample(items, 9):
        row.update(rnd.choice(ITEM_FAULTS))
        if row["item_code"] != "tree.old" and row.get("grade") == "unheard of":
            row["item_code"] = "tree.old"
        held.add(row["household_id"])
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), DAYS[1])
    assert set(result.problems.column("household_id").to_pylist()) == held
    statuses = {row["household_id"]: row["status"] for row in result.statements.to_pylist()}
    assert {number for number, status in statuses.items() if status == "withheld"} == held
    sound = [home for home in homes if home["household_id"] not in held]
    assert {
        (row["household_id"], row["line_id"], row["rule"]): _result(pack, row)
        for row in result.lines.to_pylist()
    } == _expected(invented, sound, items, DAYS[1])


def _expected(invented, homes, items, on):
    return {
        (home["household_id"], *key): amount
        for home in homes
        for key, amount in invented.lines(
            home, [item for item in items if item["household_id"] == home["household_id"]], on
        ).items()
    }


def _result(pack, row):
    """A line's integer: minor units, or the smallest part of what it counts."""
    measure = next(rule.measure for rule in pack.rules if rule.id == row["rule"])
    if measure is None:
        return row["amount_fen"]
    assert (row["amount_fen"], row["paid"], row["unit"]) == (0, "counted", measure.unit)
    return int(row[measure.name].scaleb(measure.decimals))


@pytest.mark.parametrize("seed", range(4))
def test_every_line_can_be_calculated_again_from_its_stored_trace_alone(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = _facts(random.Random(seed), invented.scale)
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), DAYS[1])
    rules = {rule.id: typed(pack, rule) for rule in pack.rules}
    for row in result.lines.to_pylist():
        rule = rules[row["rule"]]
        told = trace_of(row)
        assert told.keys() == rule.trace.keys() | set(rule.keys)
        values = {name: int(Fraction(told[name]) * 10**known.scale) for name, known in rule.trace.items()}
        assert half_up(evaluate(rule.amount, values), rule.amount.scale - rule.digits) == _result(pack, row)
        assert "{" not in sentence(
            pack, DAYS[1], row["rule"], row["item_code"] or "", told, row["amount_fen"], "en"
        )


def test_the_checker_alone_equals_the_oracle():
    invented = invent(99)
    pack = read_pack(invented.sources)
    homes, items = _facts(random.Random(99), invented.scale)
    homes, items = pa.Table.from_pylist(homes), pa.Table.from_pylist(items)
    result = compute(pack, homes, items, DAYS[3], checked=False)
    rules = [typed(pack, rule) for rule in pack.rules_on(DAYS[3])]
    expected = _expected(invented, homes.to_pylist(), items.to_pylist(), DAYS[3])
    by_hand = []
    for row in result.lines.to_pylist():
        amount = expected[row["household_id"], row["line_id"], row["rule"]]
        counted = row["rule"] == "share"
        told = {"heads_fed": Decimal(amount).scaleb(-2)} if counted else {"amount_fen": amount}
        by_hand.append(row | told)
    lines = pa.Table.from_pylist(by_hand, schema=result.lines.schema)
    check(pack, rules, DAYS[3], (homes, items), lines, result.statements)
