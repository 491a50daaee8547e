"""问题的查询: what cannot be reckoned, each with its reason; nobody is left out silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yixian.domain.policy import Pack
from yixian.engines.entitlements.line_queries import sql_text
from yixian.engines.entitlements.rules_typing import TypedRule

_NO_PRICE = "No price is decided for this item on this day."


def problems(pack: Pack, rules: Sequence[TypedRule]) -> list[str]:
    """SELECTs of ``household_id, line_id, code, message``; a code in brackets ends the message where there is one."""
    item_facts_missing = _any_null(pack.item_inputs)
    household_facts_missing = _any_null(pack.household_inputs)
    zones = ", ".join(map(sql_text, pack.zones)) or "NULL"
    return [
        _of_items(
            "NOT known_household",
            "unknown_household",
            "The household of this item is not among the households.",
            detail="",
        ),
        _of_items("known_household AND NOT known_item", "unknown_item", "The policy pack has no such item."),
        _of_items("known_household AND known_item AND price IS NULL", "no_price", _NO_PRICE),
        _of_items(
            f"known_household AND known_item AND price IS NOT NULL AND NOT {_ruled(rules)}",
            "no_rule",
            "No rule is decided for this item on this day.",
        ),
        _of_items(
            f"known_household AND ({item_facts_missing})",
            "out_of_range",
            "A quantity is missing, too precise or out of its range.",
        ),
        _of_households(
            household_facts_missing,
            "missing_fact",
            "A fact about the household is missing or out of its range.",
            detail="",
        ),
        _of_households(
            f"zone NOT IN ({zones})",
            "unknown_zone",
            "The price zone is not one of the pack's.",
            detail="zone",
        ),
        *(_unpriced(typed) for typed in rules if typed.rule.prices),
    ]


def _any_null(names: Iterable[str]) -> str:
    return " OR ".join(f'"{name}" IS NULL' for name in names) or "false"


def _ruled(rules: Sequence[TypedRule]) -> str:
    """Whether some item rule takes the item's category."""
    of_items = [typed.rule for typed in rules if typed.for_items]
    if any(not rule.categories for rule in of_items):
        return "true"
    categories = sorted({category for rule in of_items for category in rule.categories})
    return f"category IN ({', '.join(map(sql_text, categories))})" if categories else "false"


def _unpriced(typed: TypedRule) -> str:
    """Households in whose zone a price that the rule names is not decided."""
    codes = ", ".join(map(sql_text, sorted(set(typed.rule.prices.values()))))
    return (
        f"SELECT h.household_id, {sql_text(typed.rule.id)}, 'no_price', "
        f"{sql_text(_NO_PRICE)} || ' (' || c.item_code || ')' "
        f"FROM households h, catalogue c WHERE c.item_code IN ({codes}) AND NOT EXISTS "
        "(SELECT 1 FROM prices p WHERE p.item_code = c.item_code AND p.zone IN (h.zone, ''))"
    )


def _of_items(condition: str, code: str, message: str, *, detail: str = "item_code") -> str:
    return _problem("priced", "line_id", condition, code, message, detail)


def _of_households(condition: str, code: str, message: str, *, detail: str) -> str:
    return _problem("households", "''", condition, code, message, detail)


def _problem(table: str, line: str, condition: str, code: str, message: str, detail: str) -> str:
    told = f"{sql_text(message)} || ' (' || {detail} || ')'" if detail else sql_text(message)
    return f"SELECT household_id, {line} AS line_id, {sql_text(code)} AS code, {told} AS message FROM {table} WHERE {condition}"
