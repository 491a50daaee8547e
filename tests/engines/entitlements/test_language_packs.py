"""What the language can say, on invented packs: engine, checker and one household, each equal to an oracle of fractions."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engines.entitlements.language_packs import CASES, HOUSEHOLDS, ON, expected_lines, facts, invent
from yixian.engines.entitlements import PackErrors, compute, load_pack, trace_of
from yixian.engines.entitlements.examples import check_examples
from yixian.engines.entitlements.fact_tables import FactTablesError
from yixian.engines.entitlements.one_household import EnteredItem, calculate_one, rules_typed_on
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.plain_shares import largest_remainders
from yixian.engines.entitlements.rules_typing import MAX_LINES

PACKS = Path(__file__).parents[3] / "packs"
STANDARDS = Path(__file__).parents[2] / "packs"


@pytest.mark.proof(cases=CASES // HOUSEHOLDS + 1, slice=4)
def test_every_line_equals_the_oracle_of_fractions(cases):
    """Twenty thousand cases of a pack and a household: the engine, its checker (which every run asks) and fractions agree."""
    for seed in cases:
        _equals_the_oracle(seed)


def _equals_the_oracle(seed):
    invented = invent(seed)
    pack = read_pack(invented.sources)
    homes, items = facts(random.Random(seed), invented.scale, HOUSEHOLDS)
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), ON)
    expected = expected_lines(invented, homes, items)
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
    expected = expected_lines(invented, homes, items)
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


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("max(0, days(moved, paid_on))", "moved - paid_on", "formula.day"),
        ("max(0, days(moved, paid_on))", "days(moved, 3)", "formula.day"),
        ("max(0, days(moved, paid_on))", "max(0, moved)", "formula.day"),
        ("moved < '2010-05-31'", "moved < 2010", "formula.day"),
        ("moved < '2010-05-31'", "moved < '2010-05-32'", "formula.text"),
        ("add_months(paid_on,", "add_months(paid_on, 0.5 +", "formula.whole"),
        ("add_months(paid_on,", "add_months(paid_on, 100000 +", "formula.day_range"),
        ("formula: persons * 50", "formula: moved", "rule.no_day"),
        ("first: add_days(moved,", "first: min(1,", "rule.first_day"),
        ("last: add_years(add_months(moved, -1),", "last: min(1,", "rule.first_day"),
        ("paid: monthly", "paid: once", "rule.first_paid"),
        ("late: max", "moved: max", "formula.name"),
    ],
)
def test_days_and_numbers_are_never_mixed_up(old, new, key):
    sources = invent(2).sources
    assert old in sources["rules.yaml"]
    with pytest.raises(PackErrors) as caught:
        read_pack(sources | {"rules.yaml": sources["rules.yaml"].replace(old, new)})
    assert key in {problem.key for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("kind: day", "kind: date", "input.kind"),
        ("low: 1990-01-31", "low: 1990-02-31", "pack.date"),
        ("low: 1990-01-31", "low: 2061-01-01", "input.range"),
        ("default: 2024-02-29", "default: 2023-02-29", "input.default"),
        ("default: 2024-02-29", "default: 2061-01-01", "input.default"),
    ],
)
def test_a_fact_that_is_a_day_is_checked(old, new, key):
    sources = invent(2).sources
    with pytest.raises(PackErrors) as caught:
        read_pack(sources | {"pack.yaml": sources["pack.yaml"].replace(old, new, 1)})
    assert key in {problem.key for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("moved", "sound"),
    [
        ("2024-02-29", True),
        (" 2024-02-29 ", True),
        ("2023-02-29", False),
        ("2024-2-29", False),
        ("20240229", False),
        ("45351", False),
        ("", False),
        ("1990-01-30", False),
        ("1990-01-31", True),
        ("2061-01-01", False),
    ],
)
def test_what_is_no_day_withholds(moved, sound):
    """The engine and its checker agree, which every run asks; one household alone says the same."""
    pack = read_pack(invent(2).sources)
    homes, _items = facts(random.Random(2), 2, 1)
    home = homes[0] | {"moved": moved}
    result = compute(pack, pa.Table.from_pylist([home]), _no_items(), ON)
    assert (result.problems.num_rows == 0) is sound
    given = {name: str(home.get(name, "")) for name in pack.household_inputs}
    assert calculate_one(pack, rules_typed_on(pack, ON), ON, home["zone"], given, []).is_withheld is not sound


def test_days_may_be_columns_of_days_and_stand_as_such_in_the_lines():
    pack = read_pack(invent(2).sources)
    homes, _items = facts(random.Random(2), 2, 1)
    home = homes[0] | {"moved": date(2024, 1, 31), "paid_on": None}
    result = compute(pack, pa.Table.from_pylist([home]), _no_items(), ON)
    (line,) = [row for row in result.lines.to_pylist() if row["rule"] == "interest"]
    assert (line["moved"], line["month_count"], line["late"]) == (date(2024, 1, 31), 1, 29)
    assert trace_of(line)["moved"] == "2024-01-31"


def _no_items():
    names = ("household_id", "line_id", "item_code", "quantity", "grade")
    return pa.table({name: pa.array([], pa.string()) for name in names})


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "at"),
    [
        ("rules.yaml", "stepped: stepped, pension", "stepped: bonus, pension", "rule.circle", "rules.yaml"),
        ("rules.yaml", "stepped: stepped, pension", "stepped: graded, pension", "rule.line", "rules.yaml"),
        ("rules.yaml", "share: quantity", "share: grade", "rule.share", "rules.yaml"),
        ("rules.yaml", "share: quantity", "share: persons", "rule.share", "rules.yaml"),
        ("rules.yaml", "min(basic *", "min(quantity *", "formula.unknown_name", "rules.yaml"),
        (
            "rules.yaml",
            "  lines: {stepped",
            "  share: quantity\n  lines: {stepped",
            "rule.share_of_money",
            "rules.yaml",
        ),
        ("rules.yaml", "by: [grade, zone]", "by: [grade, county]", "rule.factor_by", "rules.yaml"),
        ("factors.csv", "worth,fine/far", "worth,fine", "rule.factor_key", "rules.yaml"),
        ("rules.yaml", "pow(1 +", "pow(0 -", "formula.power", "rules.yaml"),
        ("rules.yaml", "persons, 6)", "persons * 3, 6)", "formula.power", "rules.yaml"),
        ("rules.yaml", "persons, 6)", "persons, 16)", "formula.decimals", "rules.yaml"),
        ("pack.yaml", "two_heads: max(2, persons)", "two_heads: basic", "define.circle", "pack.yaml"),
        (
            "pack.yaml",
            "two_heads: max(2, persons)",
            "two_heads: max(2, people)",
            "formula.unknown_name",
            "pack.yaml",
        ),
        ("pack.yaml", "two_heads: max", "persons: max", "rule.name", "pack.yaml"),
    ],
)
def test_what_leads_nowhere_is_named_where_it_stands(file, old, new, key, at):
    sources = invent(2).sources
    assert old in sources[file]
    with pytest.raises(PackErrors) as caught:
        read_pack(sources | {file: sources[file].replace(old, new, 1)})
    assert (key, at) in {(problem.key, problem.file) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("whole", "weights", "shares"),
    [
        (1_000_000, [1, 1, 1], [333334, 333333, 333333]),
        (100, [0, 0, 0], [34, 33, 33]),
        (-100, [1, 2, 0], [-33, -67, 0]),
        (10, [5, 3, 8], [3, 2, 5]),
        (0, [1, 2, 3], [0, 0, 0]),
    ],
)
def test_shares_add_up_to_the_coin(whole, weights, shares):
    """Of equal remainders the first line id gets the coin, in whatever order the items stand in the file."""
    assert largest_remainders(whole, list(zip("abc", weights, strict=True))) == shares
    turned = largest_remainders(whole, list(zip("cba", reversed(weights), strict=True)))
    assert turned == shares[::-1]


def test_an_unknown_zone_is_one_reason_and_no_second():
    """The engine and one household alone give the same reasons where a factor goes by zone."""
    pack = read_pack(invent(2).sources)
    homes, items = facts(random.Random(2), invent(2).scale, 1)
    home = homes[0] | {"zone": "moon"}
    result = compute(pack, pa.Table.from_pylist([home]), pa.Table.from_pylist(items), ON)
    given = {name: str(home.get(name, "")) for name in pack.household_inputs}
    entered = [EnteredItem(item["line_id"], item["item_code"], item) for item in items]
    account = calculate_one(pack, rules_typed_on(pack, ON), ON, "moon", given, entered)
    assert {problem.code for problem in account.problems} == {"unknown_zone"}
    assert set(result.problems.column("code").to_pylist()) == {"unknown_zone"}


def test_nobody_has_more_items_than_can_be_summed_up():
    pack = read_pack(invent(0).sources)
    homes, items = facts(random.Random(0), invent(0).scale, 2)
    many = [items[0] | {"line_id": f"M{number}"} for number in range(MAX_LINES + 1)]
    with pytest.raises(FactTablesError, match="has more than"):
        compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(many), ON)


BECAME_WORDS = ("ceil", "pow", "days", "months", "add_years", "on_day", "first_day", "share_sum")


@pytest.mark.parametrize("name", BECAME_WORDS)
def test_a_kept_pack_may_have_names_that_became_words(name):
    """Nothing that was valid before these words came becomes invalid by them, as a fact and as a step."""
    sources = dict(load_pack(STANDARDS / "baiguishan-1965").sources)
    for old in ("persons", "by_head"):
        swapped = {file: re.sub(rf"\b{old}\b", name, text) for file, text in sources.items()}
        pack = read_pack(swapped)
        assert name != "on_day" or check_examples(pack) == []


def test_one_name_may_have_two_widths():
    """A step of an item rule and one of a household rule have one name: the columns are wide enough for both."""
    sources = dict(load_pack(PACKS / "three-gorges-1993").sources)
    sources["rules.yaml"] = sources["rules.yaml"].replace("static_moving", "static")
    assert check_examples(read_pack(sources)) == []


def amounts_of(pack, home, items, on):
    """One household's amounts in minor units by line and rule; the engine and the checker agree, which every run asks."""
    rows = {"household_id": ["H"], "zone": [""]} | {name: [value] for name, value in home.items()}
    given = [
        {"household_id": "H", "line_id": line, "item_code": code, **facts} for line, code, facts in items
    ]
    result = compute(pack, pa.table(rows), pa.Table.from_pylist(given), on)
    return {(row["line_id"], row["rule"]): row["amount_fen"] for row in result.lines.to_pylist()}
