"""问题: what cannot be reckoned, each with its reason; nobody is left out silently.

Most partitions of a sound county have none, and counting is enough to know it: see `Kernel`. The queries here run where
the counts do not agree, and say for each item and household everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from yixian.domain.policy import FactorUse, Pack
from yixian.domain.policy.pack import ZONE
from yixian.engines.entitlements.line_queries import LineQueries, needs_price
from yixian.engines.entitlements.numbering import ROW
from yixian.engines.entitlements.quoting import sql_text
from yixian.engines.entitlements.rules_typing import TypedRule

UNKNOWN_HOUSEHOLD = "unknown_household"
"""The problem of an item whose household is not there: it withholds no one household, it stops the run."""
_NO_PRICE = "No price is decided for this item on this day."
_OUT_OF_RANGE = (
    "A quantity or another fact of the item is missing, no plain number, too precise or out of its range."
)
_NO_FACTOR = "A factor that the rule needs is not decided for this day."


def of_items(pack: Pack, rules: Sequence[TypedRule], queries: LineQueries) -> list[str]:
    """SELECTs of ``household_id, line_id, code, message`` for items; a code in brackets ends the message."""
    for_items = [typed for typed in rules if typed.for_items]
    ruled = _taken(for_items)
    priced = _taken([typed for typed in for_items if needs_price(typed)])
    known = "known_household AND category IS NOT NULL"
    return [
        _item(
            "NOT known_household",
            UNKNOWN_HOUSEHOLD,
            "The household of this item is not among the households.",
            detail="",
        ),
        _item("known_household AND category IS NULL", "unknown_item", "The policy pack has no such item."),
        _item(
            f"{known} AND {_zone_known(pack)} AND price IS NULL AND ({priced} OR NOT {ruled})",
            "no_price",
            _NO_PRICE,
        ),
        _item(
            f"{known} AND NOT {ruled}",
            "no_rule",
            "No rule is decided for this item on this day.",
        ),
        _item(
            f"{known} AND ({_facts_missing(pack)})",
            "out_of_range",
            _OUT_OF_RANGE,
            detail=f"concat_ws(', ', item_code, {_names_of_item(pack)})",
        ),
        *(_unfactored(pack, typed, queries) for typed in for_items if typed.rule.factors),
    ]


def of_households(pack: Pack, rules: Sequence[TypedRule], queries: LineQueries) -> list[str]:
    """The same for households; ``line_id`` is the rule's id, or empty."""
    missing = " OR ".join(f'"{name}" IS NULL' for name in pack.household_inputs) or "false"
    zones = ", ".join(map(sql_text, pack.zones))
    found = [
        _household(
            missing,
            "",
            "missing_fact",
            "A fact about the household is missing, no plain number or out of its range.",
            _names_missing(pack),
        )
    ]
    if zones:
        message = "The price zone is not one of the pack's."
        found.append(_household(f"zone NOT IN ({zones})", "", "unknown_zone", message, "zone"))
    for typed in rules:
        if typed.for_items:
            continue
        for code in sorted(set(typed.rule.prices.values())):
            condition = f"{_zone_known(pack)} AND {queries.zone_price(code)} IS NULL"
            found.append(_household(condition, typed.rule.id, "no_price", _NO_PRICE, sql_text(code)))
        for use in typed.rule.factors.values():
            condition = f"{queries.factor(use)} IS NULL{_chosen(pack, use)}"
            found.append(_household(condition, typed.rule.id, "no_factor", _NO_FACTOR, sql_text(use.factor)))
    return found


def _taken(rules: Sequence[TypedRule]) -> str:
    """Whether one of the item rules takes the item's category."""
    if any(not typed.rule.categories for typed in rules):
        return "true"
    categories = sorted({category for typed in rules for category in typed.rule.categories})
    return f"category IN ({', '.join(map(sql_text, categories))})" if categories else "false"


def _zone_known(pack: Pack) -> str:
    """That the household's zone is one of the pack's: what an unknown one costs nobody can say, and the zone is the reason."""
    return f"zone IN ({', '.join(map(sql_text, pack.zones))})" if pack.zones else "true"


def _facts_missing(pack: Pack) -> str:
    return " OR ".join(f"({_is_missing(name, pack)})" for name in pack.item_inputs) or "false"


def _is_missing(name: str, pack: Pack) -> str:
    categories = pack.item_inputs[name].categories
    of = f" AND category IN ({', '.join(map(sql_text, categories))})" if categories else ""
    return f'"{name}" IS NULL{of}'


def _names_of_item(pack: Pack) -> str:
    """The names of the item's facts that are missing, as texts or null."""
    cases = (f"CASE WHEN {_is_missing(name, pack)} THEN {sql_text(name)} END" for name in pack.item_inputs)
    return ", ".join(cases) or "NULL"


def _unfactored(pack: Pack, typed: TypedRule, queries: LineQueries) -> str:
    missing = " OR ".join(
        f"({queries.factor(use)} IS NULL{_chosen(pack, use)})" for use in typed.rule.factors.values()
    )
    taken = _taken([typed])
    condition = f"known_household AND category IS NOT NULL AND {taken} AND ({missing})"
    return _item(condition, "no_factor", _NO_FACTOR)


def _chosen(pack: Pack, use: FactorUse) -> str:
    """A factor is lacking only where what chooses it is known; else that is what is missing."""
    known = {name: f'"{name}" IS NOT NULL' for name in use.by}
    if ZONE in known:
        known[ZONE] = _zone_known(pack)
    return "".join(f" AND {condition}" for condition in known.values())


def _names_missing(pack: Pack) -> str:
    """The names of the household's facts that are null, as text."""
    names = (f'CASE WHEN "{name}" IS NULL THEN {sql_text(name)} END' for name in pack.household_inputs)
    return f"concat_ws(', ', {', '.join(names)})" if pack.household_inputs else ""


def _item(condition: str, code: str, message: str, *, detail: str = "coalesce(item_code, '—')") -> str:
    return _problem(f"priced JOIN item_names USING ({ROW})", "line_id", condition, code, message, detail)


def _household(condition: str, line: str, code: str, message: str, detail: str) -> str:
    return _problem("households h", sql_text(line), condition, code, message, detail)


def _problem(table: str, line: str, condition: str, code: str, message: str, detail: str) -> str:
    told = f"{sql_text(message)} || ' (' || {detail} || ')'" if detail else sql_text(message)
    return (
        f"SELECT household_id, {line} AS line_id, {sql_text(code)} AS code, {told} AS message "
        f"FROM {table} WHERE {condition}"
    )
