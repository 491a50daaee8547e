"""条款序号: articles are numbered in words in Chinese papers, as the law itself writes them."""

from __future__ import annotations

import pytest

from yixian.domain.numerals import article_number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7", "七"),
        ("10", "十"),
        ("16", "十六"),
        ("34", "三十四"),
        ("40", "四十"),
        ("100", "一百"),
        ("107", "一百零七"),
        ("110", "一百一十"),
        ("1260", "1260"),
        ("thirty-days", "thirty-days"),
    ],
)
def test_articles_in_words(text: str, words: str) -> None:
    assert article_number(text, "zh") == words
    assert article_number(text, "en") == text
