"""问句用词: what a question is about, what a text holds of it, and how that is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.policy.highlighting import marked
from yixian.domain.policy.question_words import found_in, parts_to_look_for, question_words, things_in, weight


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我家的果树怎么赔？", ["果树"]),
        ("请问围墙和门楼补偿多少钱", ["围墙", "门楼补偿"]),
        ("家里的坟怎么算", ["坟"]),
        ("耕地一亩给多少", ["耕地一亩"]),
        ("What do I get for my orange trees?", ["orange", "tree"]),
        ("砖混 brick 24 平方米", ["砖混", "brick", "24", "平方米"]),
        ("你好，请问可以吗？", []),
        ("后期扶持什么时候发，淹了以后领多少", ["后期扶持", "淹"]),
        ("", []),
        ("!@#\x00 　", []),
    ],
)
def test_the_words_that_say_what_it_is_about(question: str, words: list[str]) -> None:
    assert question_words(question) == words


def test_two_characters_each_are_looked_for() -> None:
    assert parts_to_look_for(["门楼补偿", "坟", "tree"]) == ["门楼", "楼补", "补偿", "坟", "tree"]


@pytest.mark.parametrize(
    ("words", "text", "pieces"),
    [
        (["门楼补偿"], "围墙、门楼的补偿", ("门楼", "补偿")),
        (["门楼补偿"], "门楼补偿单价", ("门楼补偿",)),
        (["墙门"], "围墙、门楼", ()),
        (["坟"], "坟墓", ("坟",)),
        (["坟地"], "坟墓", ()),
        (["tree"], "Scattered TREES", ("tree",)),
        (["tree"], "street", ()),
        (["围墙", "围墙"], "围墙 围墙", ("围墙",)),
        (["２４"], "24", ()),
    ],
)
def test_what_a_text_holds(words: list[str], text: str, pieces: tuple[str, ...]) -> None:
    assert found_in(words, text).pieces == pieces


def test_single_characters_that_name_a_thing() -> None:
    assert things_in(["祖坟", "老房子", "坟头", "耕地"]) == ["坟", "房"]


def test_rare_and_long_pieces_weigh_more() -> None:
    counts = {"补偿": 10, "围墙": 2, "砖混结构": 2}
    assert weight(("围墙",), counts, 12) > weight(("补偿",), counts, 12)
    assert weight(("砖混结构",), counts, 12) > weight(("围墙",), counts, 12)


def test_what_was_looked_for_is_marked() -> None:
    assert marked("Orange Trees，围墙、门楼", ["tree", "围墙"]) == [
        ("Orange ", False),
        ("Trees", True),
        ("，", False),
        ("围墙", True),
        ("、门楼", False),
    ]
    assert marked("围墙", []) == [("围墙", False)]


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=5))
def test_marking_keeps_every_letter(text: str, pieces: list[str]) -> None:
    assert "".join(stretch for stretch, _is_marked in marked(text, pieces)) == text


@given(st.text(max_size=200), st.text(max_size=200))
def test_only_pieces_that_stand_there_are_found(question: str, text: str) -> None:
    words = question_words(question)
    for piece in found_in(words, text).pieces:
        assert any(piece in word for word in words)
