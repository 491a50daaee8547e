"""英文说法: posts, ethnic groups and hours are said in English on English pages, and as recorded on Chinese ones."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from yixian.demo.office_names import POSTS
from yixian.registry.english_terms import hours_in_english, in_english


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("副局长", "deputy director"),
        ("汉族", "Han"),
        ("彝族", "Yi"),
        ("党员", "Party member"),
        ("驻村干事", "驻村干事"),
    ],
)
def test_what_is_known_is_english_and_the_rest_as_recorded(zh: str, en: str) -> None:
    assert in_english(zh) == zh
    with override("en"):
        assert in_english(zh) == en


def test_every_post_of_the_demonstration_has_its_english() -> None:
    with override("en"):
        assert [post for posts in POSTS.values() for post in posts if in_english(post) == post] == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (
            "周一至周五 8:30–12:00，14:30–17:30（演示）",
            "Monday to Friday 8:30–12:00, 14:30–17:30 (demonstration)",
        ),
        ("工作日 9:00–17:00，节假日休息", "working days 9:00–17:00, closed on public holidays"),
        ("24 小时", "24 小时"),
    ],
)
def test_hours_are_said_in_english(zh: str, en: str) -> None:
    assert hours_in_english(zh) == zh
    with override("en"):
        assert hours_in_english(zh) == en
