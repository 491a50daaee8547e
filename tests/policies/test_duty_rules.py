"""包保规则查询: the rules of the nearest place that adopted a pack; where none decides it, a custom without a clause."""

from __future__ import annotations

import pytest

from tests.factories import make_area
from tests.policies.shelf import ADOPTED, TODAY
from yixian.policies.queries import CUSTOM, duty_rules

pytestmark = pytest.mark.django_db


def test_the_rules_in_force_are_cited(pack, place) -> None:
    rules = duty_rules(place.path, TODAY)
    assert (rules.visit_every_days, rules.document, rules.clause) == (30, "LANDU-DUTY", "visits")


def test_without_a_pack_it_is_a_custom(place) -> None:
    elsewhere = make_area()
    assert duty_rules(elsewhere.path, ADOPTED) == CUSTOM
    assert (CUSTOM.visit_every_days, CUSTOM.sudden_absence_hours) == (30, 48)
    assert (CUSTOM.another_helper_days, CUSTOM.announce_days, CUSTOM.clause) == (365, 15, "")
