"""自家的说法: whatever happened to a household has words of its village, and no office word is shown in their place."""

from __future__ import annotations

import pytest

from yixian.registry.event_words import TITLES
from yixian.registry.own_event_words import OWN_TITLES, own_details, own_title


@pytest.mark.parametrize("kind", sorted(one for one in TITLES if not one.endswith(".by_hand")))
def test_each_event_of_a_household_has_words_of_its_own(kind: str) -> None:
    assert kind in OWN_TITLES
    assert own_title(kind, {}) == str(OWN_TITLES[kind])


def test_numbers_of_batches_and_versions_are_left_to_the_office() -> None:
    said = own_details("statement.issued", {"batch": 7, "version": 2, "total": "10.00", "members": 3})
    assert said == ["合计 10.00 元"]
