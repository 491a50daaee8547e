"""真实案例: items and quantities that at least five households' accounts hold alike (k-anonymity), with nothing else of them."""

from __future__ import annotations

from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from yixian.compensation.choices import StatementStatus
from yixian.compensation.models import StatementLine
from yixian.quizzes.drawing import Case

MIN_HOUSEHOLDS = 5
"""A quantity of an item is a case only where so many households' accounts hold it: it points to none of them."""

_MAX_CASES = 500
_KEPT_SECONDS = 24 * 3600


def common_cases(pack_version_id: int) -> tuple[Case, ...]:
    """Item, price zone and quantity of lines in accounts in force under a pack, each held by at least five households.

    They are counted over the whole register, bear no place, and are worked out once a day.
    """
    key = f"quizzes.cases.{pack_version_id}"
    rows = cache.get(key)
    if rows is None:
        rows = _counted(pack_version_id)
        cache.set(key, rows, _KEPT_SECONDS)
    return tuple(Case(item, zone, Decimal(quantity)) for item, zone, quantity in rows)


def _counted(pack_version_id: int) -> list[tuple[str, str, str]]:
    lines = StatementLine.objects.filter(
        statement__is_current=True,
        statement__status=StatementStatus.ISSUED,
        statement__run__pack_version_id=pack_version_id,
        trace__has_key="quantity",
    ).exclude(item_code="")
    groups = (
        lines.order_by()
        .annotate(quantity=KeyTextTransform("quantity", "trace"))
        .values_list("item_code", "statement__household__zone", "quantity")
        .annotate(households=Count("statement__household_id", distinct=True))
        .filter(households__gte=MIN_HOUSEHOLDS)
        .order_by("-households", "item_code", "quantity")
    )
    return [(item, zone, quantity) for item, zone, quantity, _households in groups[:_MAX_CASES]]
