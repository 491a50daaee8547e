"""为什么没有这一项: of one thing, a household reads whether it was surveyed, what a rule says, or that it has no price."""

from __future__ import annotations

import pytest

from tests.web.portal.test_portal import visitor
from yixian.inventory.models import InventoryItem
from yixian.policies.queries import pack_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def said(valley, what: str) -> str:
    return visitor(valley, valley.zhao).get("/ours/missing/", {"what": what}).content.decode()


def test_what_stands_in_the_account_is_said_to_stand_there(valley) -> None:
    own = InventoryItem.objects.filter(household=valley.zhao)[0].item_code
    page = said(valley, f"item:{own}")
    assert "您家的账里有这一项。" in page
    assert "告诉我们：漏登了" not in page


def test_what_was_not_surveyed_is_said_so_with_its_price_and_clause(valley) -> None:
    page = said(valley, "item:house.main.timber")
    assert "调查登记的东西里，您家没有这一样。" in page
    assert "要是您家有，政策是每" in page
    assert 'class="clause"' in page
    assert "告诉我们：漏登了" in page


def test_a_rule_that_gives_nothing_is_said_in_its_own_words(valley) -> None:
    page = said(valley, "rule:hardship_topup")
    assert ("您家的账里有这一项。" in page) != ("按现在登记的情况，没有钱" in page)
    assert 'class="clause"' in page


def test_what_has_no_price_is_not_decided(valley) -> None:
    _version, pack = pack_in_force(valley.zhao.area_path, valley.zhao.valid_from) or (None, None)
    priced = {price.item_code for price in pack.prices}
    code = next((one for one in pack.items if one not in priced), "")
    if code:
        assert "还没有定价" in said(valley, f"item:{code}")
    assert "看为什么" in said(valley, "item:nothing")


def test_without_a_card_nothing_is_said(client) -> None:
    assert client.get("/ours/missing/").status_code == 302
