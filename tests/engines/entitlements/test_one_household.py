"""One household in plain Python: the same lines, sums and reasons as the engine, on invented packs with every construct."""

from __future__ import annotations

import random
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.engines.entitlements.invented import DAYS, ITEMS, invent
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements import (
    EnteredItem,
    calculate_one,
    compute,
    rules_typed_on,
    sentence,
    trace_of,
)
from yixian.engines.entitlements.pack_files import read_pack

HOUSEHOLDS = 40
HOME = ("persons", "distance", "farmers", "works")
ITEM = ("quantity", "age", "grade", "weight")


def facts_of(rnd, scale, *, faulty):
    """Households with items, every value as text, now and then a wrong one."""

    def text(*sound):
        wrong = ["", "x", "-1", "0.00001", "99999999", " ", "castle"]
        return rnd.choice(wrong) if faulty and rnd.random() < 0.04 else str(rnd.choice(sound))

    homes, items = [], []
    for number in range(HOUSEHOLDS):
        zone = "moon" if faulty and rnd.random() < 0.05 else rnd.choice(["near", "far"])
        home = {
            "household_id": f"H{number:02}",
            "zone": zone,
            "persons": text(0, 1, 5, 50),
            "distance": text("0", "9.9", "10", "30.5", "999.9"),
            "farmers": text("", 0, 50, 7),
            "works": text("", "dam", "lake"),
        }
        homes.append(home)
        for line in range(rnd.randint(0, 9)):
            amount = Decimal(rnd.randint(-(10 ** (3 + scale)), 10 ** (4 + scale))).scaleb(-scale)
            code = "castle" if faulty and rnd.random() < 0.02 else rnd.choice(sorted(ITEMS))
            items.append(
                {
                    "household_id": home["household_id"],
                    "line_id": f"L{line}",
                    "item_code": code,
                    "quantity": text(f"{amount:f}"),
                    "age": text(0, 12, 200),
                    "grade": text("fine", "poor"),
                    "weight": text("", "0.01", "1.37"),
                }
            )
    return homes, items


@pytest.mark.parametrize("faulty", [False, True], ids=["sound", "faulty"])
@pytest.mark.proof(cases=100, slice=10)
def test_it_says_what_the_engine_says(cases, faulty):
    for seed in cases:
        says_what_the_engine_says(seed, faulty=faulty)


def says_what_the_engine_says(seed, *, faulty):
    invented = invent(seed)
    pack, on = read_pack(invented.sources), DAYS[seed % len(DAYS)]
    homes, items = facts_of(random.Random(seed), invented.scale, faulty=faulty)
    result = compute(pack, pa.Table.from_pylist(homes), pa.Table.from_pylist(items), on)
    lines, problems = result.lines.to_pylist(), result.problems.to_pylist()
    statements = {row["household_id"]: row for row in result.statements.to_pylist()}
    rules = rules_typed_on(pack, on)
    withheld = 0
    for home in homes:
        number = home["household_id"]
        account = calculate_one(pack, rules, on, home["zone"], _named(home, HOME), _entered(items, number))
        own = [row for row in lines if row["household_id"] == number]
        assert [_told(pack, on, row) for row in own] == [_said(pack, on, line) for line in account.lines]
        reasons = {(row["line_id"] or "", row["code"]) for row in problems if row["household_id"] == number}
        assert {(problem.line_id, problem.code) for problem in account.problems} == reasons
        statement = statements[number]
        assert account.is_withheld is (statement["status"] == "withheld")
        withheld += account.is_withheld
        if not account.is_withheld:
            told = {ONCE: "total_fen", MONTHLY: "monthly_fen", YEARLY: "yearly_fen"}
            assert account.totals == {paid: statement[name] for paid, name in told.items()}
    assert (withheld > 0) is faulty


def test_a_fault_is_named_at_its_fact():
    invented = invent(3)
    pack = read_pack(invented.sources)
    facts = {"persons": "many", "distance": "9.95", "works": "castle"}
    item = EnteredItem("a", "tree.old", {"quantity": "", "age": "201", "grade": "fine"})
    account = calculate_one(pack, rules_typed_on(pack, DAYS[0]), DAYS[0], "near", facts, [item])
    faults = {
        (problem.line_id, name): wrong
        for problem in account.problems
        for name, wrong in problem.faults.items()
    }
    assert faults == {
        ("", "persons"): "not_a_number",
        ("", "distance"): "too_fine",
        ("", "works"): "no_choice",
        ("a", "quantity"): "missing",
        ("a", "age"): "outside",
    }
    assert account.lines == []


def _named(row, names):
    return {name: row[name] for name in names}


def _entered(items, number):
    return [
        EnteredItem(row["line_id"], row["item_code"], _named(row, ITEM))
        for row in items
        if row["household_id"] == number
    ]


def _told(pack, on, row):
    code = row["item_code"] or ""
    words = sentence(pack, on, row["rule"], code, trace_of(row), row["amount_fen"], "en")
    values = {name: _value(value) for name, value in trace_of(row).items()}
    fixed = (row["line_id"], row["rule"], code, row["paid"], row["amount_fen"], row["head"] or "")
    return (*fixed, row["document"], row["clause"], values, words)


def _said(pack, on, line):
    words = sentence(pack, on, line.rule, line.item_code, line.values, line.amount, "en")
    values = {name: _value(value) for name, value in line.values.items()}
    fixed = (line.line_id, line.rule, line.item_code, line.paid, line.amount, line.head)
    return (*fixed, line.document, line.clause, values, words)


def _value(text):
    return text if text.isalpha() else Decimal(text)
