"""价目: what each item costs in each zone on a day, for queries and for the words of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yixian.domain.policy import Item, Pack
from yixian.engines.entitlements.numbering import CODE, HOME, PLACE, ZONE
from yixian.engines.entitlements.quoting import sql_text
from yixian.engines.entitlements.rules_typing import PRICE_SCALE, scaled
from yixian.lazy_imports import duckdb


@dataclass(frozen=True, slots=True)
class TariffRow:
    """An item in a zone. ``words`` are those that its lines take of it; ``price`` is scaled, null if none is decided."""

    words: Mapping[str, str]
    price: int | None


def tariff_rows(pack: Pack, on: date) -> list[TariffRow]:
    """Each item in each zone, and in "" (no zone, or an unknown one), which is first."""
    return [_row(pack, item, zone, on) for item in pack.items.values() for zone in ("", *pack.zones)]


def create_words(connection: duckdb.DuckDBPyConnection, pack: Pack) -> None:
    """The enums ``of_category`` and ``choice_<name>`` for each choice, in the order of the pack."""
    words: dict[str, Iterable[str]] = {"of_category": (item.category for item in pack.items.values())}
    for declared in (*pack.household_inputs.values(), *pack.item_inputs.values()):
        if declared.choices:
            words[f"choice_{declared.name}"] = declared.choices
    for name, values in words.items():
        texts = ", ".join(map(sql_text, dict.fromkeys(values) or [""]))
        connection.execute(f"CREATE TYPE {name} AS ENUM ({texts})")


def create_tariff(connection: duckdb.DuckDBPyConnection, rows: Sequence[TariffRow]) -> None:
    """The table ``tariff``: the rows with their place, category and price."""
    connection.execute(f"CREATE TABLE tariff ({PLACE} INTEGER, category of_category, price BIGINT)")
    values = [
        f"({place}, {sql_text(row.words['category'])}, {'NULL' if row.price is None else row.price})"
        for place, row in enumerate(rows)
    ]
    if values:
        connection.execute(f"INSERT INTO tariff VALUES {', '.join(values)}")


def zone_place(pack: Pack) -> str:
    """A household's zone as its place among the pack's zones, counting "" first; an unknown one is as none."""
    cases = " ".join(f"WHEN {sql_text(zone)} THEN {place}" for place, zone in enumerate(pack.zones, 1))
    return f"(CASE CAST(zone AS VARCHAR) {cases} ELSE 0 END)" if cases else "0"


def priced(pack: Pack) -> str:
    """A SELECT of every item with its household's facts and its own tariff; what is not found is null."""
    return f"""
        SELECT i.*, t.*, i.{HOME} IS NOT NULL AS known_household,
               h.* EXCLUDE (household_id, {HOME}, {ZONE})
        FROM items i
        LEFT JOIN households h ON h.{HOME} = i.{HOME}
        LEFT JOIN tariff t ON t.{PLACE} = i.{CODE} * {len(pack.zones) + 1} + coalesce(h.{ZONE}, 0)
    """


def _row(pack: Pack, item: Item, zone: str, on: date) -> TariffRow:
    words = {"item_code": item.code, "category": item.category, "unit": item.unit}
    head = pack.budget_head_of("", item.code)
    if head:
        words["head"] = head
    price = pack.price_on(item.code, zone, on)
    if price is None:
        return TariffRow(words, None)
    return TariffRow(
        words | {"document": price.document, "clause": price.clause}, scaled(price.amount, PRICE_SCALE)
    )
