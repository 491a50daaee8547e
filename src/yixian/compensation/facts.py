"""事实表: what the engine reckons from, as tables made from the register and the inventory on a day.

Ids are the county's own numbers (household number, line number), so that the tables can be given to an auditor and
reckoned again on plain files with the same result.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
from django.db.models import Count, Q

from yixian.inventory.queries import items_in_reach
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import below, household_scope
from yixian.registry.choices import Eligibility

HOUSEHOLD_COLUMNS = pa.schema(
    [
        ("household_id", pa.string()),
        ("area_code", pa.string()),
        ("zone", pa.string()),
        ("persons", pa.int64()),
    ]
)
ITEM_COLUMNS = pa.schema(
    [
        ("line_id", pa.string()),
        ("household_id", pa.string()),
        ("item_code", pa.string()),
        ("quantity", pa.decimal128(18, 4)),
    ]
)

_COUNTED = (Eligibility.ELIGIBLE, Eligibility.ACCOMPANYING)


def household_facts(actor: Actor, area_path: str, *, on: date) -> pa.Table:
    """One row per household in reach below an area: its number, group code, price zone and resettled persons.

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
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, HOUSEHOLD_COLUMNS, strict=True)],
        schema=HOUSEHOLD_COLUMNS,
    )


def item_facts(actor: Actor, area_path: str, *, on: date) -> pa.Table:
    """One row per surveyed item of those households: line number, household number, item code, quantity."""
    rows = (
        items_in_reach(actor, on=on)
        .filter(below(area_path))
        .filter(in_force(on, "household__"))
        .order_by("line_no")
        .values_list("line_no", "household__household_no", "item_code", "quantity")
    )
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    quantities = [Decimal(quantity).quantize(Decimal("0.0001")) for quantity in columns[3]]
    arrays = [pa.array(column, pa.string()) for column in columns[:3]]
    return pa.table([*arrays, pa.array(quantities, pa.decimal128(18, 4))], schema=ITEM_COLUMNS)
