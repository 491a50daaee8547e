"""事件的细节: a change names the item or person, from what to what; a sealed value is never told."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from yixian.registry.event_words import details


def _told(kind: str, *changes: dict[str, str], **names: str) -> list[str]:
    return details(kind, {"changes": list(changes)}, names)


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        (
            {"field": "L1 quantity", "old": "82.7100", "new": "83.7"},
            "砖混结构正房（L1） 数量：“82.71”→“83.7”",
        ),
        ({"field": "L1 item_code", "old": "brick", "new": "mud"}, "砖混结构正房（L1） 类别：“砖房”→“土房”"),
        ({"field": "数量", "row": "L1", "old": "1", "new": "2"}, "砖混结构正房（L1） 数量：“1”→“2”"),
        ({"field": "数量", "row": "L9", "old": "1", "new": "2"}, "L9 数量：“1”→“2”"),
        ({"field": "户口地址", "old": "甲", "new": "乙"}, "户口地址：“甲”→“乙”"),
    ],
)
def test_a_change_names_its_item_and_both_values(change: dict[str, str], zh: str) -> None:
    assert _told("items.corrected", change, L1="砖混结构正房", brick="砖房", mud="土房") == [zh]


def test_how_a_member_counts_is_said_in_words() -> None:
    change = {"field": "P1 eligibility", "old": "eligible", "new": "not_eligible"}
    told = _told("members.corrected", change, P1="王二")[0]
    assert told.startswith("王二（P1）")
    assert "eligible" not in told


def test_a_sealed_value_is_said_to_have_changed_and_why_it_is_not_shown() -> None:
    change = {"field": "联系电话", "field_en": "Telephone", "old": "···", "new": "···"}
    told = _told("household.changed", change)[0]
    assert told == "联系电话：改过。原来和现在的内容只加密存在登记册里，这里不写"
    with override("en"):
        assert _told("household.changed", change)[0].startswith("Telephone: changed")


def test_what_was_added_is_named() -> None:
    assert details("items.added", {"lines": ["L1"]}, {"L1": "院坝"}) == ["补进：院坝（L1）"]
