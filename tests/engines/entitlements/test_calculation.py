"""The engine against an oracle of plain Decimal, and what must not change an account."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import util
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs import examples
from yixian.engines.entitlements import (
    CheckFailed,
    FactTablesError,
    Pack,
    compute,
    pack_from_canonical,
    sentence,
    trace_of,
)
from yixian.engines.entitlements.checker import check
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.rules_typing import MAX_LINES, typed

ON = date(2024, 6, 1)

_spec = util.spec_from_file_location("oracle", Path(__file__).with_name("oracle.py"))
_module = util.module_from_spec(_spec)
_spec.loader.exec_module(_module)


def _households(rows):
    return pa.table(
        {
            "household_id": [row[0] for row in rows],
            "zone": [row[1] for row in rows],
            "persons": pa.array([row[2] for row in rows], pa.int64()),
        }
    )


def _items(rows):
    return pa.table(
        {
            "line_id": pa.array([row[0] for row in rows], pa.string()),
            "household_id": pa.array([row[1] for row in rows], pa.string()),
            "item_code": pa.array([row[2] for row in rows], pa.string()),
            "quantity": pa.array([row[3] for row in rows], pa.decimal128(18, 4)),
        }
    )


def _random_county(pack: Pack, seed: int, households: int, items: int):
    rnd = random.Random(seed)
    homes = [(f"H{n:05}", rnd.choice(["rural", "town"]), rnd.randint(0, 12)) for n in range(households)]
    codes = sorted(pack.items)
    lines = [
        (
            f"L{n:06}",
            rnd.choice(homes)[0],
            rnd.choice(codes),
            Decimal(rnd.choice([rnd.randint(0, 9), rnd.randint(0, 10**7)])).scaleb(-4),
        )
        for n in range(items)
    ]
    return homes, lines


def test_every_line_and_total_equals_the_decimal_oracle(pack, folder):
    homes, lines = _random_county(pack, 1, 3000, 36_000)
    result = compute(pack, _households(homes), _items(lines), ON)
    oracle = _module.DanjiangkouOracle(folder)
    own = {}
    for line_id, household, code, quantity in lines:
        own.setdefault(household, []).append((line_id, code, quantity))
    expected = {
        (household, line): int(amount * 100)
        for household, zone, persons in homes
        for line, amount in oracle.account(zone, persons, own.get(household, []), ON).items()
    }
    got = {(row["household_id"], row["line_id"]): row["amount_fen"] for row in result.lines.to_pylist()}
    assert got == expected
    sums = {household: 0 for household, _zone, _persons in homes}
    for (household, _line), amount in expected.items():
        sums[household] += amount
    assert {row["household_id"]: row["total_fen"] for row in result.statements.to_pylist()} == sums


def test_order_of_the_facts_changes_nothing(pack):
    homes, lines = _random_county(pack, 2, 200, 2000)
    first = compute(pack, _households(homes), _items(lines), ON)
    rnd = random.Random(9)
    rnd.shuffle(homes)
    rnd.shuffle(lines)
    second = compute(pack, _households(homes), _items(lines), ON)
    assert first.manifest == second.manifest
    assert first.lines.equals(second.lines)
    assert first.statements.equals(second.statements)


def test_a_pack_read_again_from_its_canonical_bytes_is_the_same(pack):
    again = pack_from_canonical(pack.canonical())
    assert again == pack
    assert again.sha256 == pack.sha256


@pytest.mark.slow
@given(
    quantity=st.decimals(min_value=0, max_value=99_999_999, places=4),
    persons=st.integers(0, 100),
    zone=st.sampled_from(["rural", "town"]),
    data=st.data(),
)
@examples(60, gate=20)
def test_any_quantity_in_range_is_exact(pack, folder, quantity, persons, zone, data):
    code = data.draw(st.sampled_from(sorted(pack.items)))
    result = compute(pack, _households([("H", zone, persons)]), _items([("L", "H", code, quantity)]), ON)
    expected = _module.DanjiangkouOracle(folder).account(zone, persons, [("L", code, quantity)], ON)
    got = {row["line_id"]: row["amount_fen"] for row in result.lines.to_pylist()}
    assert got == {line: int(amount * 100) for line, amount in expected.items()}


@pytest.mark.parametrize(
    ("home", "item", "code"),
    [
        (("H", "rural", 1), ("L", "H", "house.palace", Decimal(1)), "unknown_item"),
        (("H", "rural", 1), ("L", "H", "grave.single", None), "out_of_range"),
        (("H", "rural", 1), ("L", "H", "grave.single", Decimal(-1)), "out_of_range"),
        (("H", "rural", 1), ("L", "H", "grave.single", Decimal(100_000_000)), "out_of_range"),
        (("H", "moon", 1), ("L", "H", "grave.single", Decimal(1)), "unknown_zone"),
        (("H", "rural", None), ("L", "H", "grave.single", Decimal(1)), "missing_fact"),
    ],
)
def test_what_cannot_be_calculated_withholds_the_household_whole(pack, home, item, code):
    good = ("G", "rural", 2)
    result = compute(
        pack, _households([home, good]), _items([item, ("M", item[1], "facility.cellar", Decimal(1))]), ON
    )
    held = item[1]
    assert code in [row["code"] for row in result.problems.to_pylist() if row["household_id"] == held]
    statements = {row["household_id"]: row for row in result.statements.to_pylist()}
    nothing = {"total_fen": None, "monthly_fen": None, "yearly_fen": None, "lines": 0, "status": "withheld"}
    assert statements[held] == {"household_id": held} | nothing
    assert statements["G"]["status"] == "issued"
    assert held not in result.lines.column("household_id").to_pylist()
    assert result.manifest["total_fen"] == statements["G"]["total_fen"] + (statements["H"]["total_fen"] or 0)


def test_an_item_of_a_household_that_is_not_there_stops_the_run(pack):
    """Whoever it belongs to would be owed too little, or a top-up too much: nobody's account may be issued."""
    homes = _households([("001", "rural", 4), ("H", "town", 1)])
    items = _items(
        [("L1", "1", "house.main.brick_concrete", Decimal(120)), ("L2", "H", "grave.single", Decimal(1))]
    )
    with pytest.raises(FactTablesError) as stray:
        compute(pack, homes, items, ON)
    assert stray.value.key == "facts.unknown_household"
    assert "L1 (household 1)" in str(stray.value)


def test_before_the_first_price_nothing_is_owed_and_everything_is_said(pack):
    result = compute(
        pack,
        _households([("H", "rural", 1)]),
        _items([("L", "H", "grave.single", Decimal(1))]),
        date(2009, 9, 30),
    )
    assert {row["code"] for row in result.problems.to_pylist()} == {"no_price"} or not pack.rules_on(
        date(2009, 9, 30)
    )
    assert result.statements.to_pylist()[0]["status"] == "withheld"


def test_binary_floats_doubled_ids_and_missing_columns_are_refused(pack):
    homes = _households([("H", "rural", 1)])
    with pytest.raises(FactTablesError) as floats:
        compute(pack, homes, _items([]).set_column(3, "quantity", pa.array([], pa.float64())), ON)
    assert floats.value.key == "facts.float"
    with pytest.raises(FactTablesError) as twice:
        compute(pack, _households([("H", "rural", 1), ("H", "town", 1)]), _items([]), ON)
    assert twice.value.key == "facts.twice"
    with pytest.raises(FactTablesError) as missing:
        compute(pack, homes.drop_columns(["persons"]), _items([]), ON)
    assert missing.value.key == "facts.column"


def test_the_checker_notices_a_fen_a_missing_line_and_a_line_too_many(pack):
    homes, lines = _households([("H", "rural", 1)]), _items([("L", "H", "grave.single", Decimal(2))])
    rules = [typed(pack, rule) for rule in pack.rules_on(ON)]
    good = compute(pack, homes, lines, ON)
    check(pack, rules, ON, (homes, lines), good.lines, good.statements)
    grave, topup = good.lines.to_pylist()
    for bad in (
        [topup, grave | {"amount_fen": grave["amount_fen"] + 1}],
        [topup, grave | {"price": Decimal("400.0000")}],
        [topup, grave | {"persons": Decimal(1)}],
        [topup, grave | {"clause": "list-2"}],
        [topup, grave | {"paid": "monthly"}],
        [topup | {"house_price": Decimal("531.0000")}, grave],
        [grave],
        [topup, grave, grave],
        [topup, grave, grave | {"line_id": "invented"}],
        [topup, grave, grave | {"rule": "invented"}],
    ):
        table = pa.Table.from_pylist(bad, schema=good.lines.schema)
        with pytest.raises(CheckFailed):
            check(pack, rules, ON, (homes, lines), table, good.statements)


@pytest.mark.parametrize(
    "change",
    [
        {"total_fen": 1},
        {"lines": 1},
        {"status": "withheld", "total_fen": None, "monthly_fen": None, "yearly_fen": None},
        {"monthly_fen": 1},
        {"household_id": "invented"},
    ],
)
def test_the_checker_notices_a_wrong_sum_and_a_household_withheld_or_made_up(pack, change):
    homes, lines = _households([("H", "rural", 1)]), _items([("L", "H", "grave.single", Decimal(2))])
    rules = [typed(pack, rule) for rule in pack.rules_on(ON)]
    good = compute(pack, homes, lines, ON)
    (statement,) = good.statements.to_pylist()
    bad = pa.Table.from_pylist([statement | change], schema=good.statements.schema)
    with pytest.raises(CheckFailed):
        check(pack, rules, ON, (homes, lines), good.lines, bad)


@pytest.mark.parametrize(
    ("times", "told"), [(0, "no account for H"), (2, "H: the engine has an account too many")]
)
def test_the_checker_wants_one_account_for_each_household(pack, times, told):
    homes, lines = _households([("H", "rural", 1)]), _items([("L", "H", "grave.single", Decimal(2))])
    rules = [typed(pack, rule) for rule in pack.rules_on(ON)]
    good = compute(pack, homes, lines, ON)
    bad = pa.concat_tables([good.statements] * times) if times else good.statements.slice(0, 0)
    with pytest.raises(CheckFailed, match=told):
        check(pack, rules, ON, (homes, lines), good.lines, bad)


def test_a_line_is_told_in_words_from_what_was_stored(pack):
    result = compute(
        pack,
        _households([("H", "rural", 3)]),
        _items([("L", "H", "house.main.brick_concrete", Decimal("86.4"))]),
        ON,
    )
    line = next(row for row in result.lines.to_pylist() if row["line_id"] == "L")
    told = [
        sentence(pack, ON, line["rule"], line["item_code"] or "", trace_of(line), line["amount_fen"], lang)
        for lang in ("zh", "en")
    ]
    assert told == [
        "砖混结构正房，86.40 平方米 × 530.00 元/平方米 = 45,792.00 元",
        "Main house, brick-and-concrete, 86.40 m² × 530.00 yuan/m² = 45,792.00 yuan",
    ]


def test_an_item_that_no_rule_takes_withholds_the_household(pack):
    rules = pack.sources["rules.yaml"].replace("from: 2009-10-01", "from: 2030-01-01", 1)
    late = read_pack(pack.sources | {"rules.yaml": rules})
    homes = _households([("H", "rural", 1), ("E", "rural", 1)])
    result = compute(late, homes, _items([("L", "H", "grave.single", Decimal(1))]), ON)
    assert [(row["line_id"], row["code"]) for row in result.problems.to_pylist()] == [("L", "no_rule")]
    statuses = {row["household_id"]: row["status"] for row in result.statements.to_pylist()}
    assert statuses == {"E": "issued", "H": "withheld"}


def test_a_draft_pack_is_not_calculated_with_and_its_drafts_do_not_apply(pack):
    documents = pack.sources["documents.yaml"]
    where = documents.index("status: decided", documents.index("id: T5-LOCAL"))
    text = documents[:where] + documents[where:].replace("status: decided", "status: draft", 1)
    head = pack.sources["pack.yaml"].replace("jurisdiction: CN", "jurisdiction: CN\nstatus: draft")
    drafted = read_pack(pack.sources | {"documents.yaml": text, "pack.yaml": head})
    facts = _households([("H", "rural", 1)]), _items([("L", "H", "grave.single", Decimal(1))])
    with pytest.raises(FactTablesError) as refused:
        compute(drafted, *facts, ON)
    assert refused.value.key == "pack.draft"
    result = compute(replace(drafted, status="decided"), *facts, ON)
    assert [row["code"] for row in result.problems.to_pylist()] == ["no_price"]
    assert result.lines.num_rows == 0
    assert compute(drafted.as_if_decided(), *facts, ON).manifest["problems"] == 0


def test_more_items_than_the_bounds_allow_for_are_refused(pack):
    rows = [(f"L{number}", "H", "grave.single", Decimal(1)) for number in range(MAX_LINES + 1)]
    with pytest.raises(FactTablesError) as many:
        compute(pack, _households([("H", "rural", 1)]), _items(rows), ON)
    assert many.value.key == "facts.too_many"
    assert compute(pack, _households([("H", "rural", 1)]), _items(rows[1:]), ON).manifest["withheld"] == 0


def test_every_household_has_a_statement_and_the_file_says_what_it_rests_on(pack):
    result = compute(pack, _households([("H", "rural", 0)]), _items([]), ON)
    assert result.statements.to_pylist() == [
        {
            "household_id": "H",
            "total_fen": 0,
            "monthly_fen": 0,
            "yearly_fen": 0,
            "lines": 0,
            "status": "issued",
        }
    ]
    assert result.lines.schema.metadata == {
        b"pack": b"danjiangkou-2009",
        b"version": pack.version.encode(),
        b"pack_sha256": pack.sha256.encode(),
        b"on": b"2024-06-01",
    }


def test_a_household_that_would_have_to_pay_is_issued_and_counted(pack):
    """A dearer house in exchange means just that; nobody passes it over."""
    rules = pack.sources["rules.yaml"].replace(
        "max(0, persons * 24 * house_price - main_house)", "min(0, persons * house_price) - main_house * 2"
    )
    below = read_pack(pack.sources | {"rules.yaml": rules})
    homes = _households([("H", "rural", 3), ("K", "rural", 3)])
    result = compute(below, homes, _items([("L", "H", "house.main.brick_concrete", Decimal("86.4"))]), ON)
    assert result.problems.num_rows == 0
    assert result.manifest["below_zero"] == 1
    assert result.manifest["total_fen"] == -4579200
