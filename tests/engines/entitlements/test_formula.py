"""The formula language: both targets against exact fractions, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements.formula import FormulaError, Name, evaluate, parse, to_sql

NAMES = {"a": Name("a", 2, 10**8), "b": Name("b", 4, 10**9), "n": Name("n", 0, 1000)}

FORMULAS = {
    "a + b": lambda a, b, n: a + b,
    "a - b * n": lambda a, b, n: a - b * n,
    "-(a - 3.5)": lambda a, b, n: -(a - Fraction(7, 2)),
    "max(0, n * 24 * a - b)": lambda a, b, n: max(Fraction(0), n * 24 * a - b),
    "min(a, b, n)": lambda a, b, n: min(a, b, n),
    "if(a > b and not n = 0, a * b, b)": lambda a, b, n: a * b if a > b and n != 0 else b,
    "if((a <= b or n >= 5) and n != 7, 1, 0.25)": lambda a, b, n: (
        1 if (a <= b or n >= 5) and n != 7 else Fraction(1, 4)
    ),
    "round(a * b, 2)": lambda a, b, n: _half_up(a * b, 2),
    "round(b, 0) * n": lambda a, b, n: _half_up(b, 0) * n,
    "round(round(a * 0.333, 1) * b, 2)": lambda a, b, n: _half_up(
        _half_up(a * Fraction(333, 1000), 1) * b, 2
    ),
}


def _half_up(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**digits)


@given(
    a=st.integers(-(10**8), 10**8),
    b=st.integers(-(10**9), 10**9),
    n=st.integers(-1000, 1000),
    text=st.sampled_from(sorted(FORMULAS)),
)
@settings(max_examples=300, deadline=None)
def test_both_targets_equal_exact_fractions(a, b, n, text):
    node = parse(text, NAMES)
    expected = FORMULAS[text](Fraction(a, 100), Fraction(b, 10_000), Fraction(n))
    plain = evaluate(node, {"a": a, "b": b, "n": n})
    assert Fraction(plain, 10**node.scale) == expected
    assert abs(plain) <= node.bound
    query = f"SELECT {to_sql(node)} FROM (SELECT {a}::BIGINT AS a, {b}::BIGINT AS b, {n}::BIGINT AS n)"
    assert duckdb.sql(query).fetchall() == [(plain,)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a +", "formula.syntax"),
        ("a / b", "formula.syntax"),
        ("a ** b", "formula.syntax"),
        ("open('x')", "formula.syntax"),
        ("A", "formula.syntax"),
        ("if(a, 1, 2)", "formula.syntax"),
        ("round(a, b)", "formula.syntax"),
        ("z * 2", "formula.unknown_name"),
        ("b * b * b * b * b", "formula.too_large"),
        ("9" * 38, "formula.too_large"),
    ],
)
def test_what_is_no_formula_is_refused(text, key):
    with pytest.raises(FormulaError) as caught:
        parse(text, NAMES)
    assert caught.value.key == key


def test_an_unknown_name_is_pointed_at():
    with pytest.raises(FormulaError) as caught:
        parse("a + quantum", NAMES)
    assert caught.value.column == 5
