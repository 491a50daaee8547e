"""分词: one token a character, whatever the text holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.names import HAN
from yixian.domain.text import MAX_TOKEN_LENGTH, half_width, phrases, plain_text, tokens


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("永善县 Yongshan2013年", ["永", "善", "县", "yongshan2013", "年"]),
        ("吉克·阿依", ["吉", "克", "阿", "依"]),
        ("𠮷〇𰻝\U000323af", ["𠮷", "〇", "𰻝", "\U000323af"]),
        ("ＡＢＣ１２３", ["abc123"]),
        ("Shàn Xiǎofāng", ["shan", "xiaofang"]),
        ("lǚ LÜ lu\u0308", ["lv", "lv", "lv"]),
        ("Nguyễn Đức", ["nguyen", "duc"]),
        ("zh\u200bang 葛\U000e0100", ["zhang", "葛"]),
        ("12㎡", ["12m2"]),
        ("“张三”AND(李*)😀", ["张", "三", "and", "李"]),
        ("", []),
        ("😀 — ?", []),
    ],
)
def test_texts_are_cut(text: str, cut: list[str]) -> None:
    assert tokens(text) == cut


@given(st.text())
def test_tokens_are_safe_and_stable(text: str) -> None:
    cut = tokens(text)
    assert all(re.fullmatch(f"[{HAN}]|[a-z0-9]{{1,{MAX_TOKEN_LENGTH}}}", token) for token in cut)
    assert tokens(" ".join(cut)) == cut


def test_long_runs_are_cut_short() -> None:
    assert tokens("x" * 5000) == ["x" * MAX_TOKEN_LENGTH]


def test_queries_fall_into_groups_at_blanks() -> None:
    assert phrases("张小 芳\u3000san ？") == [["张", "小"], ["芳"], ["san"]]


def test_half_width_touches_full_width_forms_only() -> None:
    assert half_width("（１２．５ｘ）\u3000²①㎡张") == "(12.5x) ²①㎡张"


RLO, LRI, PDI, ZWJ, ZWSP, BOM = "\u202e", "\u2066", "\u2069", "\u200d", "\u200b", "\ufeff"


@pytest.mark.parametrize(
    "text",
    [
        "我家在黄坪村三组，2013年修的房，至今没有补。\n\n请给个说法！",
        "　　移民局：\n　　您好。我叫吉克·阿依，属牛。",
        "𠮷田、〇七号、𰻝𰻝面、\U000323af",
        "\ufa0c\ufa30\U0002f80f",  # compatible Han characters in people's names
        "ꆈꌠꉙ ꀋꃅ",
        "བོད་སྐད། ᥖᥭᥰ ᦅᦷᦟᧁ ꓡꓲ-ꓢꓴ",
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ\u180eᠡ",
        "Dear sir,\n\tI don’t agree — 12.5 m² × 3 = ½?",
        "Nguyễn Thị Lǚ",
        "👍🏽 ❤️ 👨\u200d👩\u200d👧 🇨🇳 1️⃣ ☎︎ 🏳️\u200d🌈",
        "①②③ ㎡ ＝１＋１ “＠”",
        "一\n\n\n二",
        "",
    ],
)
def test_what_people_write_stays_as_they_wrote_it(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\x0bd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\x00b\x1b[31mc\x07\x9b", "ab[31mc"),
        (f"付款{RLO}元001{PDI}", "付款元001"),
        (f"{LRI}admin{PDI}{BOM}", "admin"),
        (f"张{ZWSP}三\u2060李\u00ad四", "张三李四"),
        (f"张{ZWJ}三\ufe0f葛\U000e0100", "张三葛"),
        (f"👨{ZWJ}{ZWJ}👩{ZWJ}", "👨👩"),
        ("1\ufe0f 2\ufe0f\u20e3", "1 2\ufe0f\u20e3"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
        ("e\u0301 e\u200d\u0301 A\u030a", "é é Å"),
        ("张\ud83d三\ufffe\U0010ffff", "张三"),
        ("ㅤ\u3164\uffa0空", "空"),
        ("一  \n二\u3000\t\n\n\n\n\n\n三\u00a0", "一\n二\n\n\n三"),
        ("\n\n 一\n\n", " 一"),
        (" \n\t", ""),
    ],
)
def test_what_nobody_sees_goes(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept


_TRAPS = st.sampled_from(
    [*"\r\n\t\x00\x0b\x85\xad\u034f\u061c\u180b\u180e\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u2066\u206f\u2028",
     *"\u3000\u3164\ufe00\ufe0e\ufe0f\ufeff\ud800\udfff\ufffe\U000e0001\U000e0067\U000e01ef\u20e3\u0301\u0338",
     *"1#*e=😀👩🏽❤↔ᠠ葛\ufa0c\U0002f80f\u2329Å ꆈ"]
)  # fmt: skip


@given(st.lists(st.one_of(_TRAPS, st.characters()), max_size=30).map("".join))
def test_a_plain_text_hides_nothing_and_goes_through_unchanged(typed: str) -> None:
    text = plain_text(typed)
    assert plain_text(text) == text
    text.encode()
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        assert category not in {"Cs", "Zl", "Zp"}
        assert category != "Cc" or character in "\n\t"
        assert not 0xE0000 <= ord(character) <= 0xE0FFF
        assert character not in "\u00ad\u200b\u200c\u200e\u200f\ufeff\u3164"
        assert not "\u202a" <= character <= "\u202e"
        assert not "\u2060" <= character <= "\u206f"
        if character == ZWJ or "\ufe00" <= character <= "\ufe0f":
            before = text[place - 1] if place else " "
            assert (
                unicodedata.category(before) in {"So", "Sk", "Sm", "Po", "Nd"} or before in "\ufe0e\ufe0f〰"
            )
    assert "\n\n\n\n" not in text
    assert not re.search(r"[ \t\u3000]$", text, re.MULTILINE)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd", "Po"]), max_size=40))
def test_letters_digits_and_points_are_all_kept(typed: str) -> None:
    seen = "".join(character for character in typed if character not in "\u115f\u1160\u3164\uffa0")
    assert unicodedata.normalize("NFC", plain_text(typed)) == unicodedata.normalize("NFC", seen)
