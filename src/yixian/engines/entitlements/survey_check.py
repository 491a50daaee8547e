"""实物调查规则的检验: sheets that every item stands on once, formulas that a phone calculates exactly, rounds that can be run."""

from __future__ import annotations

import re
from decimal import Decimal

from yixian.domain.policy import Pack
from yixian.domain.policy.declared import Input, Item
from yixian.domain.policy.survey import (
    DAY_UNITS,
    HOUSEHOLD,
    LISTS,
    MEASURER,
    PRESENT,
    SECOND,
    Kind,
)
from yixian.engines.entitlements.citation_check import cited_document
from yixian.engines.entitlements.formula import FormulaError, Name, Node, parse
from yixian.engines.entitlements.formula.xpath import check_exact
from yixian.engines.entitlements.located import Faults, Placed
from yixian.engines.entitlements.rules_typing import may_be_declared
from yixian.engines.entitlements.survey_part import PlacedKind, PlacedSheet, SurveyParts

QUANTITY = "quantity"
TOLERANCES = ("remeasured", "total")
"""What may differ: a measure from the same one taken again; a sheet's areas from those of the map."""
OWN_NAMES = frozenset({"item", "item_code", "quantity", "photographs", "remark", "present", "household_id"})
"""What every form asks itself."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,30}")


def check_survey(pack: Pack, parts: SurveyParts, faults: Faults) -> None:
    """Note every fault of a pack's survey.yaml."""
    if not parts.sheets:
        return
    if QUANTITY not in pack.item_inputs:
        faults.add(parts.sheets[0].row.place, "survey.no_quantity")
    _check_doubles(parts, faults)
    for sheet in parts.sheets:
        _check_sheet(pack, sheet, faults)
    _check_present(parts, faults)
    _check_posting(pack, parts, faults)
    for name, value in (parts.tolerances or {}).items():
        if name not in TOLERANCES:
            faults.add(value.place, "survey.tolerance", name=name, known=", ".join(TOLERANCES))
        elif not 0 <= parts.survey.tolerances[name] < 1:
            faults.add(value.place, "survey.share")


def quantity_formula(kind: Kind) -> Node:
    """The typed formula of a kind's quantity, over its measures. Raises `FormulaError`."""
    return parse(kind.quantity, {one.name: _name(one) for one in kind.measures})


def _name(measure: Input) -> Name:
    unit = Decimal(10) ** measure.scale
    return Name(measure.name, measure.scale, int(measure.low * unit), int(measure.high * unit))


def _check_doubles(parts: SurveyParts, faults: Faults) -> None:
    sheets: set[str] = set()
    categories: set[str] = set()
    for sheet in parts.sheets:
        if not _ID.fullmatch(sheet.row.value.id):
            faults.add(sheet.row.at("id"), "survey.id", id=sheet.row.value.id)
        if sheet.row.value.id in sheets:
            faults.add(sheet.row.at("id"), "survey.twice", name=sheet.row.value.id)
        sheets.add(sheet.row.value.id)
        for category in sheet.row.value.categories:
            if category in categories:
                faults.add(sheet.row.within("categories", category), "survey.twice", name=category)
            categories.add(category)
        kinds: set[str] = set()
        for kind in sheet.kinds:
            if not _ID.fullmatch(kind.row.value.id) or kind.row.value.id in OWN_NAMES:
                faults.add(kind.row.at("id"), "survey.id", id=kind.row.value.id)
            if kind.row.value.id in kinds:
                faults.add(kind.row.at("id"), "survey.twice", name=kind.row.value.id)
            kinds.add(kind.row.value.id)


def _check_sheet(pack: Pack, sheet: PlacedSheet, faults: Faults) -> None:
    known = {item.category for item in pack.items.values()}
    if not sheet.row.value.categories:
        faults.add(sheet.row.place, "pack.missing", name="categories")
    for category in sheet.row.value.categories:
        if category not in known:
            faults.add(sheet.row.within("categories", category), "survey.category", category=category)
    for kind in sheet.kinds:
        _check_kind(pack, sheet, kind, faults)
    for item in _items_of(pack, sheet):
        ways = [kind for kind in sheet.kinds if kind.row.value.takes(item)]
        if not ways:
            faults.add(sheet.row.at("items"), "survey.unmeasured", code=item.code)
        elif len(ways) > 1:
            faults.add(ways[1].row.place, "survey.measured_twice", code=item.code)


def _items_of(pack: Pack, sheet: PlacedSheet) -> list[Item]:
    return [item for item in pack.items.values() if item.category in sheet.row.value.categories]


def _check_kind(pack: Pack, sheet: PlacedSheet, kind: PlacedKind, faults: Faults) -> None:
    here = _items_of(pack, sheet)
    for key, known in (
        ("items", {item.code for item in here}),
        ("categories", {item.category for item in here}),
    ):
        for value in getattr(kind.row.value, key):
            if value not in known:
                faults.add(kind.row.within(key, value), "survey.not_here", name=value)
    if kind.row.value.items and kind.row.value.categories:
        faults.add(kind.row.at("items"), "survey.both")
    taken = [item for item in here if kind.row.value.takes(item)]
    seen: set[str] = set()
    for one in (*kind.measures, *kind.attributes):
        _check_asked(pack, one, faults)
        if one.value.name in seen:
            faults.add(one.at("name"), "survey.twice", name=one.value.name)
        seen.add(one.value.name)
    for attribute in kind.attributes:
        _check_fact(pack, attribute, taken, faults)
    _check_formula(pack, kind, faults)


def _check_asked(pack: Pack, row: Placed[Input], faults: Faults) -> None:
    """A name of its own, a range that is one, and a unit that is known."""
    if not may_be_declared(row.value.name) or row.value.name in OWN_NAMES:
        faults.add(row.at("name"), "input.name", name=row.value.name)
    if row.value.low > row.value.high:
        faults.add(row.at("least"), "input.range")
    if row.value.unit and "unit" in row.parts and row.value.unit not in pack.units:
        known = ", ".join(sorted(pack.units))
        faults.add(row.at("unit"), "item.unit", unit=row.value.unit, known=known)


def _check_fact(pack: Pack, row: Placed[Input], taken: list[Item], faults: Faults) -> None:
    fact = pack.item_inputs.get(row.value.name)
    if fact is None:
        return
    if fact is not row.value:
        faults.add(row.at("name"), "survey.is_fact", name=fact.name)
    for item in taken:
        if not fact.is_of(item.category):
            faults.add(row.at("name"), "survey.not_of", name=fact.name, code=item.code)
            return


def _check_formula(pack: Pack, kind: PlacedKind, faults: Faults) -> None:
    if not kind.row.value.quantity:
        return
    place = kind.row.at("quantity")
    try:
        node = quantity_formula(kind.row.value)
        check_exact(node)
    except FormulaError as error:
        faults.add(place, error.key, **error.values)
        return
    quantity = pack.item_inputs.get(QUANTITY)
    if quantity is None:
        return
    low, high = (Decimal(end).scaleb(-node.scale) for end in (node.low, node.high))
    if low < quantity.low or high > quantity.high:
        faults.add(
            place,
            "survey.range",
            low=f"{low:f}",
            high=f"{high:f}",
            least=f"{quantity.low:f}",
            most=f"{quantity.high:f}",
        )
    if node.scale > quantity.scale:
        faults.add(place, "survey.decimals", decimals=node.scale, most=quantity.scale)


def _check_present(parts: SurveyParts, faults: Faults) -> None:
    seen: set[str] = set()
    for row in parts.present:
        if row.text not in PRESENT:
            faults.add(row.place, "survey.present", name=row.text, known=", ".join(PRESENT))
        if row.text in seen:
            faults.add(row.place, "survey.twice", name=row.text)
        seen.add(row.text)
    for needed in (MEASURER, SECOND, HOUSEHOLD):
        if needed not in seen:
            faults.add(
                parts.present[0].place if parts.present else parts.sheets[0].row.place,
                "survey.must_be_present",
                name=needed,
            )


def _check_posting(pack: Pack, parts: SurveyParts, faults: Faults) -> None:
    for row in parts.rounds:
        if row.value.list not in LISTS:
            faults.add(row.at("list"), "survey.list", name=row.value.list, known=", ".join(LISTS))
        if row.value.unit not in DAY_UNITS:
            faults.add(row.at("unit"), "survey.unit", name=row.value.unit, known=", ".join(DAY_UNITS))
    posting = parts.posting
    if posting is not None and (posting.value.document or posting.value.clause):
        cited_document(pack, posting.value.document, posting.value.clause, posting, faults)
