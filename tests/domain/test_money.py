"""金额: exact reading, rounding and writing, against plain Decimal and against the examples of the payment rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.money import CNY, VND, MoneyError, capital_amount, format_fen, in_yuan, parse_minor

FEN = st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1)


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (4579200, "45,792.00"),
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (-123456789, "-1,234,567.89"),
        (99999, "999.99"),
    ],
)
def test_fen_are_written_as_yuan(fen: int, written: str) -> None:
    assert format_fen(fen) == written


def test_a_currency_without_minor_unit_has_no_decimals() -> None:
    assert format_fen(1234567, VND) == "1,234,567"
    assert parse_minor("1,234,567", VND) == 1234567


@given(FEN, st.sampled_from([CNY, VND]))
def test_what_is_written_is_read_back(minor: int, currency: object) -> None:
    assert parse_minor(format_fen(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("45,792.00", 4579200),
        ("45792", 4579200),
        ("0.5", 50),
        ("-0.05", -5),
        (" 12.30 ", 1230),
        ("007", 700),
        ("１２，３４５．６０", 1234560),
        ("1.5000000000000000000000000000000000", 150),
        ("-0", 0),
    ],
)
def test_typed_amounts_are_read_exactly(typed: str, fen: int) -> None:
    assert parse_minor(typed) == fen


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "money.format"),
        ("1,23.00", "money.format"),
        ("12,34", "money.format"),
        (".5", "money.format"),
        ("5.", "money.format"),
        ("1e3", "money.format"),
        ("NaN", "money.format"),
        ("45²", "money.format"),
        ("٤٥", "money.format"),
        ("十二", "money.format"),
        ("1 000", "money.format"),
        ("12.345", "money.decimals"),
        ("1.0000000000000000000000000000000001", "money.decimals"),
        ("1" + "0" * 18, "money.too_large"),
        ("9" * 6000, "money.too_large"),
    ],
)
def test_what_is_no_exact_amount_is_refused_by_name(typed: str, key: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_minor(typed)
    assert caught.value.key == key


def test_a_refusal_carries_the_text_and_a_pattern_to_translate() -> None:
    with pytest.raises(MoneyError) as caught:
        parse_minor("100%")
    assert caught.value.params == {"text": "100%"}
    assert "%(text)s" in caught.value.message
    assert "“100%”" in str(caught.value)


@pytest.mark.parametrize(("fen", "yuan"), [(4579200, "45792.00"), (1, "0.01"), (0, "0.00"), (-15, "-0.15")])
def test_fen_are_exact_in_yuan(fen: int, yuan: str) -> None:
    assert str(in_yuan(fen)) == yuan


@pytest.mark.parametrize("bad", [1.5, 0.1, "3", None])
def test_floats_and_other_types_are_refused(bad: object) -> None:
    for calculate in (format_fen, in_yuan, capital_amount):
        with pytest.raises(MoneyError) as caught:
            calculate(bad)
        assert caught.value.key == "money.float"


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (4579200, "肆万伍仟柒佰玖拾贰元整"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (110, "壹元壹角整"),
        (1000, "壹拾元整"),
        (10100, "壹佰零壹元整"),
        (11000, "壹佰壹拾元整"),
        (
            140950,
            "壹仟肆佰零玖元伍角整",
        ),  # the rule's own examples follow: no zero, zeros inside, fen without jiao
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1000000, "壹万元整"),
        (1000100, "壹万零壹元整"),
        (10000000, "壹拾万元整"),
        (100000500, "壹佰万零伍元整"),
        (1000500000, "壹仟万伍仟元整"),
        (10000000000, "壹亿元整"),
        (10001000000, "壹亿零壹万元整"),
        (10000050000, "壹亿零伍佰元整"),
        (100001000100, "壹拾亿零壹万零壹元整"),
        (99999999999999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (-4579205, "负肆万伍仟柒佰玖拾贰元零伍分"),
    ],
)
def test_capitals(fen: int, capitals: str) -> None:
    assert capital_amount(fen) == capitals


@given(FEN)
def test_capitals_say_the_same_amount(fen: int) -> None:
    written = capital_amount(fen)
    assert _read_capitals(written) == fen
    assert "零零" not in written
    assert written.endswith(("整", "分"))


def test_capitals_end_where_the_words_end() -> None:
    with pytest.raises(MoneyError) as caught:
        capital_amount(10**14)
    assert caught.value.key == "money.too_large"


def _read_capitals(text: str) -> int:
    """An independent reader: every digit counts with the unit that follows it, sections with theirs."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = section = digit = fen = 0
    for character in text.removeprefix("负").removesuffix("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in units:
            section, digit = section + digit * units[character], 0
        elif character in "万亿元":
            total += (section + digit) * {"万": 10**4, "亿": 10**8, "元": 1}[character]
            section = digit = 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[character], 0
    return (-1 if text.startswith("负") else 1) * (total * 100 + fen)
