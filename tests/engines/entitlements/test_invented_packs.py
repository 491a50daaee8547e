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


def _facts(rnd, scale):
    homes = [
        {
            "household_id": f"H{number:03}",
            "zone": rnd.choice(["near", "far"]),
            "persons": rnd.choice([0, 1, 4, 5, 50, rnd.randint(0, 50)]),
            "distance": Decimal(rnd.choice([0, 99, 100, 101, 304, 305, 306, 9999])).scaleb(-1),
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
        }
        for number in range(HOUSEHOLDS * 6)
    ]
    return homes, items


@pytest.mark.parametrize("seed", range(24))
def test_every_line_equals_the_oracle_of_fractions(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    rnd = random.Random(seed)
    homes, items = _facts(rnd, invented.scale)
    on = DAYS[seed % len(DAYS)]
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), on)
    expected = {
        (home["household_id"], *key): amount
        for home in homes
        for key, amount in invented.lines(
            home, [item for item in items if item["household_id"] == home["household_id"]], on
        ).items()
    }
    rows = result.lines.to_pylist()
    assert result.problems.num_rows == 0
    assert {(row["household_id"], row["line_id"], row["rule"]): row["amount_fen"] for row in rows} == expected
    assert result.manifest["total_fen"] == sum(expected.values())
    sums = dict.fromkeys((home["household_id"] for home in homes), 0)
    for (household, _line, _rule), amount in expected.items():
        sums[household] += amount
    assert {row["household_id"]: row["total_fen"] for row in result.statements.to_pylist()} == sums


@pytest.mark.parametrize("seed", range(4))
def test_every_line_can_be_reckoned_again_from_its_stored_trace_alone(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = _facts(random.Random(seed), invented.scale)
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), DAYS[1])
    rules = {rule.id: typed(pack, rule) for rule in pack.rules}
    for row in result.lines.to_pylist():
        rule = rules[row["rule"]]
        told = trace_of(row)
        assert told.keys() == rule.trace.keys()
        values = {name: int(Fraction(told[name]) * 10**known.scale) for name, known in rule.trace.items()}
        amount = half_up(evaluate(rule.amount, values), rule.amount.scale - invented.digits)
        assert amount == row["amount_fen"]
        assert "{" not in sentence(pack, row["rule"], row["item_code"] or "", told, row["amount_fen"], "en")


def test_the_checker_alone_equals_the_oracle():
    invented = invent(99)
    pack = read_pack(invented.sources)
    homes, items = _facts(random.Random(99), invented.scale)
    homes, items = pa.Table.from_pylist(homes), pa.Table.from_pylist(items)
    result = compute(pack, homes, items, DAYS[3], checked=False)
    rules = [typed(pack, rule) for rule in pack.rules_on(DAYS[3])]
    by_hand = []
    for row in result.lines.to_pylist():
        home = next(home for home in homes.to_pylist() if home["household_id"] == row["household_id"])
        own = [item for item in items.to_pylist() if item["household_id"] == row["household_id"]]
        by_hand.append(row | {"amount_fen": invented.lines(home, own, DAYS[3])[row["line_id"], row["rule"]]})
    lines = pa.Table.from_pylist(by_hand, schema=result.lines.schema)
    check(pack, rules, DAYS[3], (homes, items), lines, result.statements)
