"""分词: one token a character, whatever the text holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.names import HAN
from yixian.domain.text import LONGEST_TOKEN, half_width, phrases, tokens


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
    assert all(re.fullmatch(f"[{HAN}]|[a-z0-9]{{1,{LONGEST_TOKEN}}}", token) for token in cut)
    assert tokens(" ".join(cut)) == cut


def test_long_runs_are_cut_short() -> None:
    assert tokens("x" * 5000) == ["x" * LONGEST_TOKEN]


def test_queries_fall_into_groups_at_blanks() -> None:
    assert phrases("张小 芳\u3000san ？") == [["张", "小"], ["芳"], ["san"]]


def test_half_width_touches_full_width_forms_only() -> None:
    assert half_width("（１２．５ｘ）\u3000²①㎡张") == "(12.5x) ²①㎡张"
