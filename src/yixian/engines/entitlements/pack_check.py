"""政策包的检验: what reading alone cannot see — names that lead nowhere, dates that clash, citations of nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from yixian.domain.policy import Document, Item, Pack
from yixian.domain.policy.documents import DECIDED, DRAFT
from yixian.domain.policy.pack import ITEMS
from yixian.domain.policy.periods import Period, after_a_gap, overlapping
from yixian.engines.entitlements.budget_head_check import check_heads
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.duty_part import check_duty
from yixian.engines.entitlements.factor_check import check_factors
from yixian.engines.entitlements.input_check import check_input
from yixian.engines.entitlements.located import Faults, Place, Placed
from yixian.engines.entitlements.pack_parts import RESERVED, Parts, PriceRow
from yixian.engines.entitlements.rule_check import check_rule
from yixian.engines.entitlements.rules_typing import may_be_declared
from yixian.engines.entitlements.survey_check import check_survey
from yixian.engines.entitlements.traces import check_traces
from yixian.engines.entitlements.unit_check import check_units
from yixian.engines.entitlements.version_check import check_versions
from yixian.engines.entitlements.vocabulary_part import check_vocabulary


def check_pack(pack: Pack, parts: Parts, faults: Faults) -> None:
    """Note every fault of a read pack in ``faults``."""
    if pack.status not in {DECIDED, DRAFT}:
        faults.add(Place("pack.yaml", 1, 1), "pack.status")
    _check_names(pack, faults)
    inputs = [*parts.household_inputs, *parts.item_inputs]
    _note_doubles("input", ((row.place, row.value.name) for row in inputs), faults)
    _note_doubles("document", ((row.place, row.value.id) for row in parts.documents), faults)
    _note_doubles("item", ((row.place, row.value.code) for row in parts.items), faults)
    check_versions(parts.rules, faults)
    check_units(parts.units, faults)
    _check_definitions(pack, parts, faults)
    for declared in inputs:
        check_input(pack, declared, faults)
    for document in parts.documents:
        _check_document(pack, document, faults)
    for item in parts.items:
        _check_item(pack, parts, item, faults)
    for price in parts.prices:
        _check_price(pack, price, faults)
    _check_price_dates(parts.prices, faults)
    check_factors(pack, parts, faults)
    check_heads(pack, parts, faults)
    check_duty(pack, parts.duty, faults)
    check_vocabulary(pack, parts.vocabulary, faults)
    check_survey(pack, parts.survey, faults)
    keys: dict[str, set[str]] = defaultdict(set)
    for row in parts.factors:
        keys[row.value.factor.name].add(row.value.factor.key)
    sound = [check_rule(pack, rule, keys, parts, faults) for rule in parts.rules]
    if all(sound):
        check_traces(pack, parts.rules, faults)


def _check_names(pack: Pack, faults: Faults) -> None:
    """What the pack is called by: its names go into folders, addresses and papers."""
    for key, value, pattern in (
        ("pack.id", pack.id, r"[a-z0-9]+(-[a-z0-9]+)*"),
        ("pack.version", pack.version, r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*"),
        ("pack.jurisdiction", pack.jurisdiction, r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
        ("pack.currency", pack.currency.code, r"[A-Z]{3}"),
    ):
        if not re.fullmatch(pattern, value):
            faults.add(Place("pack.yaml", 1, 1), key, value=value)


def _note_doubles(what: str, rows: Iterable[tuple[Place, str]], faults: Faults) -> None:
    seen: set[str] = set()
    for place, key in rows:
        if key in seen:
            faults.add(place, f"{what}.twice", id=key)
        seen.add(key)


def _check_definitions(pack: Pack, parts: Parts, faults: Faults) -> None:
    """A definition has a name of its own; what it says is checked in each rule that uses it."""
    inputs = pack.household_inputs.keys() | pack.item_inputs.keys()
    for name, source in parts.definitions.items():
        if not may_be_declared(name) or name in inputs:
            faults.add(source.place, "rule.name", name=name)


def _check_document(pack: Pack, row: Placed[Document], faults: Faults) -> None:
    document = row.value
    if document.status not in {DECIDED, DRAFT}:
        faults.add(row.at("status"), "document.status")
    if document.period.is_empty:
        faults.add(row.at("until"), "document.dates")
    if document.is_decided and document.decided_on is None:
        faults.add(row.at("decided_on"), "document.decided_on")
    if not document.superseded_by:
        return
    if document.superseded_by not in pack.documents:
        faults.add(row.at("superseded_by"), "document.superseded", document=document.superseded_by)
    elif document.valid_until is None:
        faults.add(row.at("superseded_by"), "document.superseded_until")


def _check_item(pack: Pack, parts: Parts, row: Placed[Item], faults: Faults) -> None:
    item = row.value
    if item.unit not in pack.units:
        faults.add(row.at("unit"), "item.unit", unit=item.unit, known=", ".join(sorted(pack.units)))
    if item.parent and item.parent not in pack.items:
        faults.add(row.at("parent"), "item.parent", code=item.parent)
    elif item.code in _above(pack, item):
        faults.add(row.at("parent"), "item.circle", code=item.code)
    if item.code in RESERVED:
        faults.add(row.at("item_code"), "item.reserved", code=item.code)
    if not any(price.value.price.item_code == item.code for price in parts.prices):
        faults.add(row.place, "item.unpriced", code=item.code)
    rules = [rule for rule in pack.rules if rule.applies_to == ITEMS]
    if not any(not rule.categories or item.category in rule.categories for rule in rules):
        faults.add(row.at("category"), "item.unruled", category=item.category)


def _above(pack: Pack, item: Item) -> list[str]:
    """The codes of the items above one, nearest first, each once."""
    found: list[str] = []
    while item.parent in pack.items and item.parent not in found:
        found.append(item.parent)
        item = pack.items[item.parent]
    return found


def _check_price(pack: Pack, row: Placed[PriceRow], faults: Faults) -> None:
    price = row.value.price
    item = pack.items.get(price.item_code)
    if item is None:
        faults.add(row.place, "price.item", code=price.item_code)
    elif item.unit != price.unit:
        faults.add(row.at("unit"), "price.unit", code=price.item_code, unit=item.unit, found=price.unit)
    if price.zone and price.zone not in pack.zones:
        faults.add(row.at("zone"), "price.zone", zone=price.zone)
    if price.amount < 0:
        faults.add(row.at("price"), "price.negative")
    if price.period.is_empty:
        faults.add(row.at("until"), "dates.order")
    if row.value.is_decided:
        check_citation(pack, price, row, faults)


def _check_price_dates(rows: list[Placed[PriceRow]], faults: Faults) -> None:
    """The prices of one item in one zone follow each other without overlap and without gap.

    Where a zone's own end and the ones for every zone go on, the pack must say which of the two is meant for the zone.
    """
    series: dict[tuple[str, str], list[Placed[PriceRow]]] = defaultdict(list)
    for row in rows:
        series[row.value.price.item_code, row.value.price.zone].append(row)
    for same in series.values():
        periods: list[Period] = [row.value.price.period for row in same]
        for position in overlapping(periods):
            price = same[position].value.price
            faults.add(same[position].at("from"), "price.overlap", code=price.item_code, day=price.valid_from)
        for position in after_a_gap(periods):
            price = same[position].value.price
            faults.add(same[position].at("from"), "price.gap", code=price.item_code, day=price.valid_from)
    for (code, zone), same in series.items():
        last = max(same, key=lambda row: row.value.price.valid_until or date.max)
        end = last.value.price.valid_until
        general = [row.value.price for row in series.get((code, ""), []) if row.value.is_decided]
        if zone and end and any(price.valid_until is None or price.valid_until > end for price in general):
            faults.add(last.at("until"), "price.zone_ends", code=code, zone=zone, day=end)
