"""规则版本: a rule changes from a day — each day has one formula and one sentence, and no day is lost or paid twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from yixian.engines.entitlements import PackErrors, compute, sentence, trace_of
from yixian.engines.entitlements.comparing import compare
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.one_household import EnteredItem, calculate_one, rules_typed_on
from yixian.engines.entitlements.pack_files import read_pack
from yixian.engines.entitlements.pack_notes import notes_of

TURN = date(2012, 1, 1)
DAYS = (TURN - timedelta(days=1), TURN)
TOPUP = "- id: hardship_topup"


@pytest.fixture(scope="module")
def turned(pack):
    """The basic house has 24 square metres a head until the turn, and 30 from then on, told apart in the sentence."""
    return _with_versions(pack, TURN, TURN)


def _with_versions(pack, until, begin, **changes):
    head, old = pack.sources["rules.yaml"].split(TOPUP)
    new = old.replace("* 24", "* 30").replace("× 24", "× 30").replace("from: 2009-10-01", f"from: {begin}")
    for was, now in changes.values():
        assert was in new
        new = new.replace(was, now)
    ended = old.replace("from: 2009-10-01", f"from: 2009-10-01\n  until: {until}")
    return read_pack(pack.sources | {"rules.yaml": f"{head}{TOPUP}{ended}\n{TOPUP}{new}"})


def _facts(zone="rural"):
    homes = pa.table({"household_id": ["H"], "zone": [zone], "persons": [4]})
    house = {"line_id": ["L"], "household_id": ["H"], "item_code": ["house.main.earth_timber"]}
    return homes, pa.table(house | {"quantity": [Decimal("60.5")]})


@pytest.mark.parametrize(("day", "area", "amount"), [(DAYS[0], 24, 27648), (DAYS[1], 30, 40368)])
def test_each_day_has_its_version_and_its_words(turned, day, area, amount):
    """By hand: 4 × 24 × 530 − 60.5 × 384 = 27,648; 4 × 30 × 530 − 23,232 = 40,368."""
    result = compute(turned, *_facts(), day)
    (line,) = [row for row in result.lines.to_pylist() if row["rule"] == "hardship_topup"]
    assert line["amount_fen"] == amount * 100
    told = sentence(turned, day, "hardship_topup", "", trace_of(line), line["amount_fen"], "zh")
    assert f"× {area} 平方米" in told
    one = calculate_one(
        turned,
        rules_typed_on(turned, day),
        day,
        "rural",
        {"persons": "4"},
        [EnteredItem("L", "house.main.earth_timber", {"quantity": "60.5"})],
    )
    assert [(row.rule, row.amount) for row in one.lines] == [
        (row["rule"], row["amount_fen"]) for row in result.lines.to_pylist()
    ]


def test_a_rule_and_its_next_version_are_compared_as_one_line(pack, turned):
    changed = compare(pack, turned, *_facts(), TURN).lines.to_pylist()
    assert [(row["rule"], row["difference_fen"]) for row in changed] == [("hardship_topup", 4 * 6 * 53000)]


@pytest.mark.parametrize(
    ("until", "begin", "key"),
    [
        (date(2012, 1, 2), TURN, "rule.overlap"),
        (TURN, date(2012, 1, 2), "rule.gap"),
        ("", TURN, "rule.overlap"),
    ],
)
def test_no_day_has_two_versions_and_none_between_them_has_none(pack, until, begin, key):
    with pytest.raises(PackErrors) as caught:
        _with_versions(pack, until, begin)
    (problem,) = caught.value.problems
    lines = pack.sources["rules.yaml"].splitlines()
    assert (problem.key, problem.file) == (key, "rules.yaml")
    assert problem.line > len(lines)


@pytest.mark.parametrize(
    "change",
    [
        ("Basic-housing top-up", "Another top-up"),
        ("  formula: max", "  paid: monthly\n  formula: max"),
        ("  formula: max", "  measures: {name: heads, unit: person, decimals: '0'}\n  formula: max"),
    ],
)
def test_versions_are_of_one_kind(pack, change):
    with pytest.raises(PackErrors) as caught:
        _with_versions(pack, TURN, TURN, change=change)
    assert "rule.other_kind" in {problem.key for problem in caught.value.problems}


def test_a_version_that_no_example_proves_is_named_where_it_stands(turned):
    """The shipped examples are of days before the turn."""
    (note,) = notes_of(turned, run_examples(turned).proven)
    lines = turned.sources["rules.yaml"].splitlines()
    assert (note.key, lines[note.line - 1]) == ("note.unproven", TOPUP)
    assert note.line == max(number for number, line in enumerate(lines, 1) if line == TOPUP)
    assert f"hardship_topup ({TURN}–)" in note.message
