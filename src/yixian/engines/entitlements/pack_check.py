"""政策包的检验: what reading alone cannot see — names that lead nowhere, overlapping dates, formulas out of bounds."""

from __future__ import annotations

import string
from collections import defaultdict
from datetime import date
from itertools import pairwise

from yixian.domain.policy import Pack, Price, Rule
from yixian.domain.policy.pack import HOUSEHOLDS, ITEMS
from yixian.engines.entitlements.formula import FormulaError
from yixian.engines.entitlements.located import Faults, Located, Place
from yixian.engines.entitlements.rules_typing import names_of, typed

UNITS = frozenset({"m2", "m3", "m", "mu", "each", "tree", "set", "person", "household"})
ALWAYS_IN_WORDS = frozenset({"title", "unit", "amount"})


def check_pack(
    pack: Pack, price_places: list[Place], rule_places: dict[str, Located], faults: Faults
) -> None:
    """Note every fault of a read pack in ``faults``."""
    for item in pack.items.values():
        if item.unit not in UNITS:
            faults.add(
                Place("items.csv", 0, 0), "item.unit", f"{item.code}: the unit “{item.unit}” is not known."
            )
    _check_documents(pack, faults)
    for price, place in zip(pack.prices, price_places, strict=True):
        _check_price(pack, price, place, faults)
    _check_overlaps(pack, price_places, faults)
    _check_unpriced(pack, faults)
    for rule in pack.rules:
        _check_rule(pack, rule, rule_places[rule.id].place, faults)


def _check_documents(pack: Pack, faults: Faults) -> None:
    place = Place("documents.yaml", 0, 0)
    for document in pack.documents.values():
        if document.valid_until is not None and document.valid_until <= document.valid_from:
            faults.add(place, "document.dates", f"{document.id} ends before it begins.")
        if document.superseded_by and document.superseded_by not in pack.documents:
            faults.add(
                place, "document.superseded", f"{document.id}: there is no document {document.superseded_by}."
            )
        if document.is_decided and document.decided_on is None:
            faults.add(place, "document.decided_on", f"{document.id} is decided, but not on which day.")


def _check_price(pack: Pack, price: Price, place: Place, faults: Faults) -> None:
    item = pack.items.get(price.item_code)
    if item is None:
        faults.add(place, "price.item", f"There is no item {price.item_code} in items.csv.")
    elif item.unit != price.unit:
        faults.add(place, "price.unit", f"{price.item_code} is measured in {item.unit}, not in {price.unit}.")
    if price.zone and price.zone not in pack.zones:
        faults.add(place, "price.zone", f"There is no zone {price.zone} in pack.yaml.")
    if price.amount < 0:
        faults.add(place, "price.negative", "A price cannot be negative.")
    _check_dates(price, place, faults)
    _check_citation(pack, price.document, price.clause, place, faults)


def _check_dates(row: Price | Rule, place: Place, faults: Faults) -> None:
    if row.valid_until is not None and row.valid_until <= row.valid_from:
        faults.add(place, "dates.order", "It ends before it begins.")


def _check_citation(pack: Pack, document_id: str, clause: str, place: Place, faults: Faults) -> None:
    document = pack.documents.get(document_id)
    if document is None:
        faults.add(place, "citation.document", f"There is no document “{document_id}” in documents.yaml.")
    elif clause not in document.clauses:
        faults.add(place, "citation.clause", f"{document_id} has no clause “{clause}”.")


def _check_overlaps(pack: Pack, places: list[Place], faults: Faults) -> None:
    rows: dict[tuple[str, str], list[tuple[Price, Place]]] = defaultdict(list)
    for price, place in zip(pack.prices, places, strict=True):
        rows[price.item_code, price.zone].append((price, place))
    for same in rows.values():
        same.sort(key=lambda row: row[0].valid_from)
        for (earlier, _), (later, place) in pairwise(same):
            if (earlier.valid_until or date.max) > later.valid_from:
                faults.add(place, "price.overlap", f"{later.item_code} has two prices on {later.valid_from}.")


def _check_unpriced(pack: Pack, faults: Faults) -> None:
    priced = {price.item_code for price in pack.prices}
    for code in pack.items:
        if code not in priced:
            faults.add(Place("items.csv", 0, 0), "item.unpriced", f"{code} has no price in prices.csv.")


def _check_rule(pack: Pack, rule: Rule, place: Place, faults: Faults) -> None:
    if rule.applies_to not in {ITEMS, HOUSEHOLDS}:
        faults.add(place, "rule.applies_to", "“applies_to” is items or households.")
        return
    _check_dates(rule, place, faults)
    known = {item.category for item in pack.items.values()}
    for category in (*rule.categories, *rule.totals.values()):
        if category not in known:
            faults.add(place, "rule.category", f"No item has the category {category}.")
    for code in rule.prices.values():
        if code not in pack.items:
            faults.add(place, "rule.price", f"There is no item {code} in items.csv.")
    if rule.applies_to == HOUSEHOLDS:
        _check_citation(pack, rule.document, rule.clause, place, faults)
    _check_formula(pack, rule, place, faults)


def _check_formula(pack: Pack, rule: Rule, place: Place, faults: Faults) -> None:
    try:
        typed(pack, rule)
    except FormulaError as error:
        at = Place(place.file, place.line, place.column + error.column - 1)
        faults.add(at, error.key, str(error))
        return
    usable = ALWAYS_IN_WORDS | set(names_of(pack, rule))
    for words in (rule.words_zh, rule.words_en):
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
        except ValueError:
            faults.add(place, "rule.words", f"The braces in “{words}” do not match.")
            continue
        for name in sorted(names - usable):
            faults.add(place, "rule.words", f"The sentence uses {{{name}}}, which the rule does not have.")
