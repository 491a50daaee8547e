"""What is decided on a day: of prices and rules, by their own dates and by their documents'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from yixian.domain.money import CNY
from yixian.domain.policy import Clause, Document, Item, Pack, Price, Rule
from yixian.domain.policy.pack import canonical_form, identity

FIRST, TURN, LAST = date(2009, 10, 1), date(2012, 1, 1), date(2015, 1, 1)
OLD = Document(
    id="old",
    number="1",
    issuer="i",
    title_zh="旧",
    title_en="old",
    status="decided",
    decided_on=FIRST,
    valid_from=FIRST,
    valid_until=TURN,
    superseded_by="new",
    source="s",
    clauses={"a": Clause("a", "甲", "a")},
)
NEW = replace(
    OLD, id="new", title_zh="新", title_en="new", valid_from=TURN, valid_until=None, superseded_by=""
)


def _price(document, zone, amount):
    return Price(
        "grave", zone, "each", document.valid_from, document.valid_until, Decimal(amount), document.id, "a"
    )


def _pack(*documents, prices, rules=()):
    return Pack(
        id="p",
        version="1",
        title_zh="包",
        title_en="pack",
        jurisdiction="CN",
        currency=CNY,
        zones={"rural": ("农村", "rural"), "town": ("集镇", "town")},
        household_inputs={},
        item_inputs={},
        documents={document.id: document for document in documents},
        items={"grave": Item("grave", "grave", "坟", "Grave", "each", "")},
        prices=tuple(prices),
        rules=tuple(rules),
        sources={},
        sha256="",
    )


def _rule(document):
    return Rule(
        id="r",
        title_zh="规",
        title_en="rule",
        applies_to="households",
        categories=(),
        valid_from=FIRST,
        valid_until=None,
        document=document,
        clause="a",
        prices={},
        totals={},
        steps={},
        formula="1",
        keep_zero=True,
        words_zh="{amount}",
        words_en="{amount}",
    )


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2009, 9, 30), None),
        (FIRST, 500),
        (date(2011, 12, 31), 500),
        (TURN, 600),
        (LAST, 600),
    ],
)
def test_a_price_holds_from_its_first_day_until_the_day_of_the_next(on, amount):
    pack = _pack(OLD, NEW, prices=[_price(OLD, "", 500), _price(NEW, "", 600)])
    found = pack.price_on("grave", "rural", on)
    assert (found and found.amount) == amount
    assert [price.amount for price in pack.prices_on(on)] == ([amount] if amount else [])


def test_a_zone_has_its_own_price_before_the_common_one():
    pack = _pack(NEW, prices=[_price(NEW, "", 600), _price(NEW, "town", 700)])
    assert [pack.price_on("grave", zone, TURN).amount for zone in ("rural", "town")] == [600, 700]
    assert pack.price_on("tree", "rural", TURN) is None


def test_a_draft_decides_nothing():
    draft = replace(NEW, status="draft", decided_on=None)
    pack = _pack(draft, prices=[_price(draft, "", 600)], rules=[_rule("new")])
    assert pack.price_on("grave", "rural", LAST) is None
    assert pack.prices_on(LAST) == []
    assert pack.rules_on(LAST) == []


def test_a_rule_is_in_force_only_with_its_document():
    pack = _pack(OLD, NEW, prices=[], rules=[_rule("old")])
    assert [len(pack.rules_on(day)) for day in (FIRST, TURN)] == [1, 0]


def test_the_identity_is_of_the_content_and_of_nothing_else():
    assert identity({"a": "1", "b": "2"}) == identity({"b": "2", "a": "1"})
    assert identity({"a": "1"}) != identity({"a": "2"})
    assert canonical_form({"b": "坟", "a": "1"}) == '{"a":"1","b":"坟"}'.encode()
