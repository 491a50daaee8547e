"""姓名: rare characters and dots are kept, hidden characters are named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.names import HAN, MIDDLE_DOT, PersonNameError, mask_name, normalise_name

HAN_CHARACTER = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.integers(0x20000, 0x323AF).map(chr),
    st.just("〇"),
)


@pytest.mark.parametrize(
    "character", ["\u3400", "\u9fff", "\U00020000", "\U0002a6df", "\U00030000", "\U000323af", "〇", "﨑"]
)
def test_every_extension_is_han(character: str) -> None:
    assert re.fullmatch(f"[{HAN}]", character)


@pytest.mark.parametrize("character", ["a", "1", "·", "、", "ア", "한", "⺀", "⼈", "\U000323b0", "😀"])
def test_other_signs_are_not_han(character: str) -> None:
    assert not re.fullmatch(f"[{HAN}]", character)


@given(st.text(HAN_CHARACTER, min_size=1, max_size=8))
def test_han_names_stay_as_they_are(name: str) -> None:
    assert normalise_name(name) == name
    assert normalise_name("\u3000".join(name)) == name


@pytest.mark.parametrize("dot", list("·•‧∙⋅・･·᛫⸱.．"))
def test_one_kind_of_middle_dot(dot: str) -> None:
    assert normalise_name(f"吉克{dot}阿依") == normalise_name(f"吉克 {dot} 阿依") == "吉克·阿依"
    assert MIDDLE_DOT == "\u00b7"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 张 三\u3000", "张三"),
        ("张三\r\n", "张三"),
        ("𠮷田𰻝", "𠮷田𰻝"),
        ("Nguyễn  Văn\u00a0An", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("O’Neil J.-P.", "O’Neil J.-P."),
        ("﨑", "﨑"),
    ],
)
def test_blanks_go_and_characters_stay(typed: str, name: str) -> None:
    assert normalise_name(typed) == name


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (0x0000, "name.hidden"),
        (0x0009, "name.hidden"),
        (0x000A, "name.hidden"),
        (0x007F, "name.hidden"),
        (0x00AD, "name.hidden"),
        (0x034F, "name.hidden"),
        (0x115F, "name.hidden"),
        (0x200B, "name.hidden"),
        (0x200D, "name.hidden"),
        (0x200E, "name.hidden"),
        (0x2028, "name.hidden"),
        (0x202E, "name.hidden"),
        (0x2066, "name.hidden"),
        (0x3164, "name.hidden"),
        (0xFE0F, "name.hidden"),
        (0xFEFF, "name.hidden"),
        (0xE0061, "name.hidden"),
        (0xE0100, "name.hidden"),
        (0xD800, "name.hidden"),
        (0xE000, "name.private_use"),
        (0xF0000, "name.private_use"),
    ],
)
def test_hidden_and_private_characters_are_named(code: int, key: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        normalise_name(f"张{chr(code)}三")
    assert caught.value.key == key
    assert caught.value.params == {"code": f"U+{code:04X}"}
    assert f"U+{code:04X}" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "张三1",
        "张三A",
        "张三?",
        "张·",
        "·张",
        "张··三",
        "12",
        "*",
        "张三（户主）",
        "😀",
        "- ",
        "×",
        "أحمد",
    ],
)
def test_what_is_no_part_of_a_name_is_refused(typed: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        normalise_name(typed)
    assert caught.value.key == "name.characters"


@pytest.mark.parametrize(
    ("typed", "meant"), [("⼈", "人"), ("陈⼤⻩", "陈大黄"), ("李⾦·⽉", "李金·月"), ("张⻳", "张龟")]
)
def test_a_radical_in_a_name_is_refused_with_the_character_that_is_meant(typed: str, meant: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        normalise_name(typed)
    assert (caught.value.key, caught.value.params) == ("name.radical", {"proposal": meant})


@pytest.mark.parametrize("typed", ["", "  ", "\u3000", "\n"])
def test_an_empty_name_is_refused(typed: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        normalise_name(typed)
    assert caught.value.key == "name.empty"


@given(st.text())
def test_a_kept_name_is_kept_again(typed: str) -> None:
    try:
        name = normalise_name(typed)
    except PersonNameError:
        return
    assert normalise_name(name) == name


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("张小明", "张*明"),
        ("张明", "张*"),
        ("张", "张"),
        ("欧阳小明", "欧**明"),
        ("吉克·阿依", "吉*·*依"),
        ("𠮷田𰻝", "𠮷*𰻝"),
        ("Nguyễn Văn An", "N*** V*** A***"),
    ],
)
def test_names_for_public_postings(name: str, posted: str) -> None:
    assert mask_name(name) == posted
