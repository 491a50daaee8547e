"""事实表: what the engine reckons from, as tables made from the register and the inventory on a day.

Ids are the county's own numbers (household number, line number), so that the tables can be given to an auditor and
reckoned again on plain files with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, Q

from yixian.domain.policy import Pack
from yixian.inventory.queries import household_facts_in_reach, item_facts_in_reach, items_in_reach
from yixian.inventory.requested_facts import QUANTITY, requested_of_household
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.lazy_imports import pa
from yixian.registry.access import below, household_scope
from yixian.registry.choices import Eligibility


@cache
def _household_columns() -> pa.Schema:
    """Columns of households, before what the pack asks."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("area_code", pa.string()),
            ("zone", pa.string()),
            ("persons", pa.int64()),
        ]
    )


@cache
def _item_columns() -> pa.Schema:
    """Columns of items, before what the pack asks."""
    return pa.schema(
        [
            ("line_id", pa.string()),
            ("household_id", pa.string()),
            ("item_code", pa.string()),
            ("quantity", pa.decimal128(18, 4)),
        ]
    )


_COUNTED = (Eligibility.ELIGIBLE, Eligibility.ACCOMPANYING)


def household_facts(actor: Actor, area_path: str, pack: Pack, *, on: date) -> pa.Table:
    """One row per household in reach below an area: its number, group code, price zone and resettled persons, and as text
    whatever else the pack asks about a household (empty where it was not entered).

    ``persons`` counts members determined as resettled or accompanying on the day.
    """
    counted = Count("members", filter=in_force(on, "members__") & Q(members__eligibility__in=_COUNTED))
    rows = (
        household_scope(actor)
        .filter(in_force(on))
        .filter(below(area_path))
        .annotate(persons=counted)
        .order_by("household_no")
        .values_list("household_no", "area__code", "zone", "persons")
    )
    asked = list(requested_of_household(pack))
    given = household_facts_in_reach(actor, on=on) if asked else {}
    return _with_facts(_table(list(rows), _household_columns()), "household_id", asked, given)


def item_facts(actor: Actor, area_path: str, pack: Pack, *, on: date) -> pa.Table:
    """One row per surveyed item of those households: line number, household number, item code, quantity, and as text
    whatever else the pack asks about an item.
    """
    rows = (
        items_in_reach(actor, on=on)
        .filter(below(area_path))
        .filter(in_force(on, "household__"))
        .order_by("line_no")
        .values_list("line_no", "household__household_no", "item_code", "quantity")
    )
    asked = [name for name in pack.item_inputs if name != QUANTITY]
    given = item_facts_in_reach(actor, on=on) if asked else {}
    exact = [(*row[:3], Decimal(row[3]).quantize(Decimal("0.0001"))) for row in rows]
    return _with_facts(_table(exact, _item_columns()), "line_id", asked, given)


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _with_facts(
    table: pa.Table, key: str, names: Iterable[str], given: Mapping[str, Mapping[str, str]]
) -> pa.Table:
    """The table with a text column for each name."""
    nothing: Mapping[str, str] = {}
    for name in names:
        values = [given.get(number, nothing).get(name) for number in table.column(key).to_pylist()]
        table = table.append_column(name, pa.array(values, pa.string()))
    return table
