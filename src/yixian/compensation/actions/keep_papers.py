"""留存底稿: keep what the sheets of freshly issued versions show besides their lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count

from yixian.compensation.models import Statement, StatementPaper
from yixian.domain.areas import AreaLevel
from yixian.kernel.intervals import in_force
from yixian.registry.models import Area, Household, HouseholdMember
from yixian.registry.paper.addresses import areas_above, place_of

LANGUAGES = ("zh", "en")
_BATCH = 2000


def keep_papers(statements: Sequence[Statement]) -> None:
    """Seal the head's name, the place, the number of members and the portal's address with each of these new versions.

    Belongs into the transaction that issues them; three queries however many they are.
    """
    if not statements:
        return
    StatementPaper.objects.bulk_create(
        [
            StatementPaper(statement_id=pk, content=json.dumps(content, ensure_ascii=False))
            for pk, content in register_papers(statements).items()
        ],
        batch_size=_BATCH,
    )


def register_papers(statements: Sequence[Statement]) -> dict[int, dict[str, Any]]:
    """What the register says now for the sheets of these versions, by their ids; members counted on the first's day."""
    if not statements:
        return {}
    ids = [row.household_id for row in statements]
    areas = areas_above(row.area_path for row in statements)
    heads = dict(Household.objects.filter(pk__in=ids).values_list("pk", "head__name"))
    persons = _persons(ids, statements[0].on_date)
    return {
        row.pk: _content(row.area_path, heads[row.household_id], persons.get(row.household_id, 0), areas)
        for row in statements
    }


def _content(area_path: str, head: str | None, persons: int, areas: Mapping[str, Area]) -> dict[str, Any]:
    """What a sheet shows besides its lines: ``head``, ``persons``, ``portal``; ``county`` and ``place`` by language."""
    return {
        "head": head or "",
        "persons": persons,
        "county": {lang: place_of(area_path, areas, lang, levels=(AreaLevel.COUNTY,)) for lang in LANGUAGES},
        "place": {lang: place_of(area_path, areas, lang) for lang in LANGUAGES},
        "portal": settings.YIXIAN_ADDRESS,
    }


def _persons(household_ids: Sequence[int], on: date) -> dict[int, int]:
    rows = HouseholdMember.objects.filter(in_force(on), household__in=household_ids)
    counted = rows.order_by().values("household_id").annotate(count=Count("pk"))
    return {row["household_id"]: row["count"] for row in counted}
