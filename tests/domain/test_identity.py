"""证件与账号: against python-stdnum as an independent judge, and every way of typing a number wrongly."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from yixian.domain.identity import (
    IdentityError,
    birth_date_of,
    check_character,
    dialled,
    household_number,
    is_female,
    luhn_holds,
    mask_id_number,
    normalise_account,
    normalise_id_number,
    normalise_phone,
    normalise_public_phone,
)

DIGITS = "0123456789"
INVENTED = "53990019491231002"  # no such county: invented, as all numbers here


def made_up(seed: int) -> str:
    """A number that keeps the rule, from a seed."""
    draw = random.Random(seed)
    born = date(1920, 1, 1) + timedelta(days=draw.randrange(36_000))
    body = f"539900{born:%Y%m%d}{draw.randrange(1000):03d}"
    return body + check_character(body)


@given(st.text(DIGITS, min_size=17, max_size=17))
def test_check_characters_agree_with_stdnum(body: str) -> None:
    assert check_character(body) == ric.calc_check_digit(body + "0")


def test_the_worked_examples_of_the_standard() -> None:
    # GB 11643-1999, annex: a man's number whose check is X, and a woman's.
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


@given(st.integers(0, 10**6))
def test_a_number_that_keeps_the_rule_is_kept(seed: int) -> None:
    number = made_up(seed)
    assert normalise_id_number(number) == number
    assert birth_date_of(number) == ric.get_birth_date(number)
    assert is_female(number) is (int(number[14:17]) % 2 == 0)


@given(st.integers(0, 10**6), st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(seed: int, place: int, shift: int) -> None:
    number = made_up(seed)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(IdentityError) as caught:
        normalise_id_number(wrong)
    assert caught.value.key in {"id.check", "id.date"}


@given(st.integers(0, 10**6), st.integers(0, 15))
def test_two_neighbours_swapped_are_found(seed: int, place: int) -> None:
    number = made_up(seed)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(IdentityError):
            normalise_id_number(swapped)


def test_ways_of_typing_one_number() -> None:
    number = INVENTED + check_character(INVENTED)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    spaced = f" {number[:6]} {number[6:14]}-{number[14:]}\u3000"
    body = next(b for b in (f"5399001949123{n:04d}" for n in range(1000, 2000)) if check_character(b) == "X")
    assert normalise_id_number(wide) == normalise_id_number(spaced) == number
    assert normalise_id_number(f"{body}x") == normalise_id_number(f"{body}ｘ") == f"{body}X"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "id.length"),
        ("5399001949123100", "id.length"),
        ("539900194912310021X", "id.length"),
        ("X39900194912310021", "id.length"),
        ("٥٣٩٩٠٠١٩٤٩١٢٣١٠٠٢١", "id.length"),
        ("53990019491231002²", "id.length"),
        ("5399001949\u200b12310021", "id.length"),
        ("539900491231002", "id.first_generation"),
        ("539900201302300024", "id.date"),
        ("539900190002290024", "id.date"),
        ("539900000001010024", "id.date"),
        (INVENTED + "ABC"[0], "id.length"),
        (INVENTED + str((int(check_character(INVENTED).replace("X", "0")) + 1) % 10), "id.check"),
    ],
)
def test_each_fault_has_its_name(typed: str, key: str) -> None:
    with pytest.raises(IdentityError) as caught:
        normalise_id_number(typed)
    assert caught.value.key == key


def test_a_leap_day_is_a_day() -> None:
    body = "53990020000229001"
    assert birth_date_of(normalise_id_number(body + check_character(body))) == date(2000, 2, 29)


def test_masks_show_both_ends_only() -> None:
    assert mask_id_number("53990019491231123X") == "5399**********123X"
    assert mask_id_number("5399123X") == "********"
    assert mask_id_number("") == ""


@given(st.text(DIGITS, min_size=2, max_size=24))
def test_luhn_agrees_with_stdnum(digits: str) -> None:
    assert luhn_holds(digits) is luhn.is_valid(digits)


@pytest.mark.parametrize("text", ["", "0", "12a", "４２", "-18"])
def test_luhn_holds_for_digits_only(text: str) -> None:
    assert not luhn_holds(text)


@given(st.text(DIGITS, min_size=16, max_size=16))
def test_cards_must_pass_luhn(tail: str) -> None:
    body = "62" + tail
    card = body + luhn.calc_check_digit(body)
    assert normalise_account(f"{card[:4]} {card[4:8]}-{card[8:]}") == card
    with pytest.raises(IdentityError) as caught:
        normalise_account(body + str((int(card[-1]) + 1) % 10))
    assert caught.value.key == "account.check"


def test_passbook_accounts_have_no_common_check() -> None:
    assert normalise_account("240301040012345") == "240301040012345"
    for wrong in ("12345678901", "1" * 22, "24030104001234x", ""):
        with pytest.raises(IdentityError) as caught:
            normalise_account(wrong)
        assert caught.value.key == "account.length"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0870-1234567", None),
        ("0870-4123456", "0870-4123456"),
        ("08704123456", "0870-4123456"),
        ("(0870) 4123456", "0870-4123456"),
        ("010 65123456", "010-65123456"),
        ("02865123456", "028-65123456"),
        ("+86 870 4123456", "0870-4123456"),
        ("+86 0870-4123456", "0870-4123456"),
        ("0086 10 65123456", "010-65123456"),
        ("0870–4123456", "0870-4123456"),
        ("870-4123456", None),
        ("12345", None),
        ("12800138000", None),
        ("1380013800", None),
        ("4123456", None),
        ("٠١٢٣", None),
        ("", None),
    ],
)
def test_phones_have_one_form(typed: str, phone: str | None) -> None:
    if phone is not None:
        assert normalise_phone(typed) == normalise_phone(phone) == phone
        return
    with pytest.raises(IdentityError) as caught:
        normalise_phone(typed)
    assert caught.value.key == "phone.format"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("12345", "12345"),
        ("110", "110"),
        ("１２３５０", "12350"),
        ("95598", "95598"),
        ("962110", "962110"),
        ("400-800-1234", "400-800-1234"),
        ("4008001234", "400-800-1234"),
        ("+86 400 800 1234", "400-800-1234"),
        ("+86 870 4123456", "0870-4123456"),
        ("0870-4123456转8012", "0870-4123456转8012"),
        ("0870 4123456 ext. 8012", "0870-4123456转8012"),
        ("(0870)4123456 转 分机 8012", "0870-4123456转8012"),
        ("12345#2", "12345转2"),
        ("13800138000", "13800138000"),
        ("4123456", None),
        ("0870-41234", None),
        ("1234", None),
        ("0870-4123456转", None),
        ("0870-4123456转1234567", None),
        ("找老李", None),
    ],
)
def test_an_office_may_have_a_hotline_or_an_extension(typed: str, phone: str | None) -> None:
    if phone is not None:
        assert normalise_public_phone(typed) == normalise_public_phone(phone) == phone
        assert len(phone) <= 20
        return
    with pytest.raises(IdentityError) as caught:
        normalise_public_phone(typed)
    assert caught.value.key == "phone.public"


def test_an_extension_is_dialled_after_a_pause() -> None:
    assert dialled("0870-4123456转8012") == "0870-4123456,8012"
    assert dialled("12345") == "12345"


@pytest.mark.parametrize(
    "typed",
    ["５３９９－０１", "5399 － 01", "5399–01", "5399 — 01", "5399−01", "53 99-01", "5399－０１\u3000"],
)
def test_a_household_number_is_known_however_it_was_typed(typed: str) -> None:
    assert household_number(typed) == "5399-01"
