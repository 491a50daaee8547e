"""The formula language: both targets against exact fractions, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements.formula import Columns, FormulaError, Name, evaluate, parse

NAMES = {
    "a": Name("a", 2, -(10**8), 10**8),
    "b": Name("b", 4, -(10**9), 10**9),
    "n": Name("n", 0, -1000, 1000),
}
CHOICES = {"move": ("far", "near"), "grade": ("2a", "好")}

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
    "ceil(a, 0) + ceil(b, 2)": lambda a, b, n: _up(a, 0) + _up(b, 2),
    "div(a, max(n, 0) + 0.5, 2)": lambda a, b, n: _half_up(a / (max(n, 0) + Fraction(1, 2)), 2),
    "div(b, max(1, round(a * 1.5, 1)), 3)": lambda a, b, n: _half_up(
        b / max(Fraction(1), _half_up(a * Fraction(3, 2), 1)), 3
    ),
    "band(b, a, 1, n * 2, 2, 3)": lambda a, b, n: Fraction(1 if b < a else 2 if b < 2 * n else 3),
    "min(10, max(-10, a * a * a)) * b * b": lambda a, b, n: (
        min(Fraction(10), max(Fraction(-10), a**3)) * b * b
    ),
    "if(move = far and grade != '好', a, b)": lambda a, b, n: a if n % 2 and n % 3 else b,
    'if(not move = near or grade = "2a", n, 0.5)': lambda a, b, n: n if n % 2 or n % 3 else Fraction(1, 2),
}


def _half_up(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def _up(value: Fraction, digits: int) -> Fraction:
    scaled = value * 10**digits
    return Fraction(-(-scaled.numerator // scaled.denominator), 10**digits)


@given(
    a=st.integers(-(10**8), 10**8),
    b=st.integers(-(10**9), 10**9),
    n=st.integers(-1000, 1000),
    text=st.sampled_from(sorted(FORMULAS)),
)
@settings(max_examples=300, deadline=None)
def test_both_targets_equal_exact_fractions(a, b, n, text):
    node = parse(text, NAMES, CHOICES)
    chosen = {"move": "far" if n % 2 else "near", "grade": "2a" if n % 3 else "好"}
    expected = FORMULAS[text](Fraction(a, 100), Fraction(b, 10_000), Fraction(n))
    plain = evaluate(node, {"a": a, "b": b, "n": n, **chosen})
    assert Fraction(plain, 10**node.scale) == expected
    assert node.low <= plain <= node.high
    words = ", ".join(f"'{key}' AS {name}" for name, key in chosen.items())
    columns = Columns(f"SELECT {a}::BIGINT AS a, {b}::BIGINT AS b, {n}::BIGINT AS n, {words}")
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
        ("div(a, n, 2)", "formula.may_be_zero"),
        ("div(a, n + 1000, 2)", "formula.may_be_zero"),
        ("div(a, n * n, 2)", "formula.may_be_zero"),
        ("div(a, if(n > 0, n, 1), 2)", "formula.may_be_zero"),
        ("ceil(a, n)", "formula.constant"),
        ("move * 2", "formula.choice"),
        ("if(move = 1, 1, 2)", "formula.chosen"),
        ("if(move = away, 1, 2)", "formula.chosen"),
        ("if(move > far, 1, 2)", "formula.chosen"),
        ("if(far = move, 1, 2)", "formula.unknown_name"),
        ("if(n = 'far', 1, 2)", "formula.text"),
        ("div(a, 0, 2)", "formula.divisor"),
        ("div(a, -3, 2)", "formula.divisor"),
        ("band(n, 1, 2)", "formula.band"),
        ("band(n, 1, 2, 3, 4)", "formula.band"),
        ("band(n, 5, 1, 5, 2, 0)", "formula.band_limits"),
        ("band(n, 1000, 1, n - 5000, 2, 0)", "formula.band_limits"),
        ("a + " * 100 + "a", "formula.long"),
        ("0." + "0" * 31 + "1", "formula.too_large"),
        ("z * 2", "formula.unknown_name"),
        ("b * b * b * b * b", "formula.too_large"),
        ("9" * 38, "formula.too_large"),
    ],
)
def test_what_is_no_formula_is_refused(text, key):
    with pytest.raises(FormulaError) as caught:
        parse(text, NAMES, CHOICES)
    assert caught.value.key == key


def test_an_unknown_name_is_pointed_at():
    with pytest.raises(FormulaError) as caught:
        parse("a + quantum", NAMES)
    assert caught.value.column == 5


def test_a_product_past_64_bits_is_exact():
    names = {"x": Name("x", 0, -(10**18), 10**18)}
    node = parse("x * x - x", names)
    columns = Columns(f"SELECT {10**18 - 1}::BIGINT AS x")
    columns.add("exact", node)
    expected = (10**18 - 1) * (10**18 - 2)
    assert duckdb.sql(f"SELECT exact FROM ({columns.select})").fetchall() == [(expected,)]
    assert evaluate(node, {"x": 10**18 - 1}) == expected


@pytest.mark.parametrize("name", ["minimum", "if_any", "notes", "ord", "bandwidth"])
def test_names_may_begin_like_words_of_the_language(name):
    assert evaluate(parse(f"{name} + 1", {name: Name(name, 0, -9, 9)}), {name: 2}) == 3
