"""The formula language: both targets against exact fractions, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements.formula import Columns, FormulaError, Name, evaluate, parse

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
    "div(a, 3, 2)": lambda a, b, n: _half_up(a / 3, 2),
    "div(a * b, 1.042, 4) - n": lambda a, b, n: _half_up(a * b / Fraction(1042, 1000), 4) - n,
    "div(round(div(b, 7, 3) * a, 1), 0.6, 0)": lambda a, b, n: _half_up(
        _half_up(_half_up(b / 7, 3) * a, 1) / Fraction(6, 10), 0
    ),
    "band(n, -2.5, a, 4, b, 0.5)": lambda a, b, n: (
        a if n < Fraction(-5, 2) else b if n < 4 else Fraction(1, 2)
    ),
    "band(round(a, 1), 100, 1, 200, 2, 3)": lambda a, b, n: (
        1 if _half_up(a, 1) < 100 else 2 if _half_up(a, 1) < 200 else 3
    ),
    "a * b * 0 + b * 0.0": lambda a, b, n: Fraction(0),
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
    columns = Columns(f"SELECT {a}::BIGINT AS a, {b}::BIGINT AS b, {n}::BIGINT AS n")
    columns.add("exact", node)
    columns.add_rounded("coins", node, 2)
    coins = int(_half_up(expected, 2) * 100)
    assert duckdb.sql(f"SELECT exact, coins FROM ({columns.select})").fetchall() == [(plain, coins)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a +", "formula.syntax"),
        ("a / b", "formula.slash"),
        ("a ** b", "formula.syntax"),
        ("open('x')", "formula.syntax"),
        ("A", "formula.syntax"),
        ("if(a, 1, 2)", "formula.syntax"),
        ("round(a, b)", "formula.constant"),
        ("round(a, 1.5)", "formula.decimals"),
        ("div(a, n, 2)", "formula.constant"),
        ("div(a, 0, 2)", "formula.divisor"),
        ("div(a, -3, 2)", "formula.divisor"),
        ("band(n, 1, 2)", "formula.band"),
        ("band(n, 1, 2, 3, 4)", "formula.band"),
        ("band(n, 5, 1, 5, 2, 0)", "formula.band_limits"),
        ("band(n, a, 1, 0)", "formula.constant"),
        ("a + " * 100 + "a", "formula.long"),
        ("0." + "0" * 31 + "1", "formula.too_large"),
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


def test_a_product_past_64_bits_is_exact():
    names = {"x": Name("x", 0, 10**18)}
    node = parse("x * x - x", names)
    columns = Columns(f"SELECT {10**18 - 1}::BIGINT AS x")
    columns.add("exact", node)
    expected = (10**18 - 1) * (10**18 - 2)
    assert duckdb.sql(f"SELECT exact FROM ({columns.select})").fetchall() == [(expected,)]
    assert evaluate(node, {"x": 10**18 - 1}) == expected


@pytest.mark.parametrize("name", ["minimum", "if_any", "notes", "ord", "bandwidth"])
def test_names_may_begin_like_words_of_the_language(name):
    assert evaluate(parse(f"{name} + 1", {name: Name(name, 0, 9)}), {name: 2}) == 3
