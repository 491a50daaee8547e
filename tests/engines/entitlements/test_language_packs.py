"""What the language can say, on invented packs: engine, checker and one household, each equal to an oracle of fractions."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engines.entitlements.language_packs import ON, facts, invent
from yixian.engines.entitlements import PackErrors, compute, load_pack
from yixian.engines.entitlements.examples import check_examples
from yixian.engines.entitlements.fact_tables import FactTablesError
from yixian.engines.entitlements.one_household import EnteredItem, calculate_one, rules_typed_on
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.rules_typing import MAX_LINES

HOUSEHOLDS = 60
CASES = 20_000
PACKS = Path(__file__).parents[3] / "packs"


@pytest.mark.proof(cases=CASES // HOUSEHOLDS + 1, slice=12)
def test_every_line_equals_the_oracle_of_fractions(cases):
    """Twenty thousand cases of a pack and a household: the engine, its checker (which every run asks) and fractions agree."""
    for seed in cases:
        _equals_the_oracle(seed)


def _equals_the_oracle(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = facts(random.Random(seed), invented.scale, HOUSEHOLDS)
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), ON)
    expected = _expected(invented, homes, items)
    assert result.problems.num_rows == 0
    assert {
        (row["household_id"], row["line_id"], row["rule"]): row["amount_fen"]
        for row in result.lines.to_pylist()
    } == expected


@pytest.mark.parametrize("seed", range(3))
def test_one_household_alone_comes_to_the_same(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = facts(random.Random(seed), invented.scale, 12)
    expected = _expected(invented, homes, items)
    rules = rules_typed_on(pack, ON)
    for home in homes:
        given = {name: str(home.get(name, "")) for name in pack.household_inputs}
        entered = [
            EnteredItem(item["line_id"], item["item_code"], item)
            for item in items
            if item["household_id"] == home["household_id"]
        ]
        account = calculate_one(pack, rules, ON, home["zone"], given, entered)
        assert {(home["household_id"], line.line_id, line.rule): line.amount for line in account.lines} == {
            key: amount for key, amount in expected.items() if key[0] == home["household_id"]
        }


def _expected(invented, homes, items):
    return {
        (home["household_id"], *key): amount
        for home in homes
        for key, amount in invented.lines(
            home, [item for item in items if item["household_id"] == home["household_id"]]
        ).items()
    }


OVER = "all_area: {take: sum, fact: quantity, categories: [house]}"


@pytest.mark.parametrize(
    ("new", "key"),
    [
        ("all_area: {take: mean, fact: quantity}", "over.take"),
        ("all_area: {take: count, fact: quantity}", "over.count"),
        ("all_area: {take: sum}", "over.fact"),
        ("all_area: {take: sum, fact: grade}", "over.fact"),
        ("all_area: {take: sum, fact: persons}", "over.fact"),
        ("all_area: {take: sum, fact: quantity, categories: [castle]}", "rule.category"),
        ("all_area: {take: sum, fact: quantity, items: [castle]}", "rule.price"),
        ("all_area: {take: sum, fact: quantity, zone: near}", "pack.unknown_key"),
        ("persons: {take: sum, fact: quantity}", "rule.name"),
    ],
)
def test_what_cannot_be_taken_over_items_is_named(new, key):
    sources = invent(0).sources
    assert OVER in sources["rules.yaml"]
    with pytest.raises(PackErrors) as caught:
        read_pack(sources | {"rules.yaml": sources["rules.yaml"].replace(OVER, new)})
    assert key in {problem.key for problem in caught.value.problems}


def test_nobody_has_more_items_than_can_be_summed_up():
    pack = read_pack(invent(0).sources)
    homes, items = facts(random.Random(0), invent(0).scale, 2)
    many = [items[0] | {"line_id": f"M{number}"} for number in range(MAX_LINES + 1)]
    with pytest.raises(FactTablesError, match="has more than"):
        compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(many), ON)


def test_one_name_may_have_two_widths():
    """A step of an item rule and one of a household rule have one name: the columns are wide enough for both."""
    sources = dict(load_pack(PACKS / "three-gorges-1993").sources)
    sources["rules.yaml"] = sources["rules.yaml"].replace("static_moving", "static")
    assert check_examples(read_pack(sources)) == []
