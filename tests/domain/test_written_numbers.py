"""写出的数: plain numbers are read, whatever else is refused with its reason and what seems to be meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yixian.domain.written_numbers import WrittenNumberError, reason_of, written_number


@pytest.mark.parametrize(
    ("text", "value"), [("12", "12"), ("60.50", "60.5"), ("-3", "-3"), ("+5", "5"), (" 0012\u3000", "12")]
)
def test_a_plain_number_is_read(text: str, value: str) -> None:
    assert written_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("１２", "full_width", "12"),
        ("６０．５", "full_width", "60.5"),
        ("−5", "full_width", "-5"),
        ("6_0", "grouped", "60"),
        ("1,200", "grouped", "1200"),
        ("1 200.5", "grouped", "1200.5"),
        ("1\u202f200", "grouped", "1200"),
        ("1,2,3", "commas", ""),
        ("1.5.2", "commas", ""),
        ("6.05E1", "exponent", "60.5"),
        ("1e400", "none", ""),
        ("0x10", "hexadecimal", ""),
        ("½", "fraction", "0.5"),
        ("1½", "fraction", "1.5"),
        ("1/4", "fraction", "0.25"),
        ("1/3", "none", ""),
        ("²", "none", ""),
        (".5", "point", "0.5"),
        ("5.", "point", "5"),
        ("1234567890123456789", "overlong", ""),
        ("86.40㎡", "behind", "86.40"),
        ("NaN", "none", ""),
        ("六十", "none", ""),
        ("", "none", ""),
    ],
)
def test_what_is_none_is_refused_with_what_seems_to_be_meant(text: str, key: str, meant: str) -> None:
    with pytest.raises(WrittenNumberError) as refused:
        written_number(text)
    assert (refused.value.key, refused.value.meant) == (key, meant)
    zh, en = reason_of(refused.value)
    assert meant in zh
    assert meant in en
    assert "%" not in zh + en
