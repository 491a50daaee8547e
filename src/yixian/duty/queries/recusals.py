"""回避查询: which recusals were declared, by household and by helper.

That a household has raised a matter about somebody is told nobody here: not that official, nor anybody they report to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yixian.duty.choices import RecusalGround
from yixian.duty.models import Recusal
from yixian.kernel.actors import Actor, covers_day
from yixian.registry.access import Part, household_scope, parts_for
from yixian.registry.models import Household

_SHOWN = ~Q(ground=RecusalGround.MATTER)


@dataclass(frozen=True, slots=True)
class RecusalView:
    """A helper who must not stand beside a household, on what ground, from when until when and by which paper."""

    household_id: int
    household_no: str
    head_name: str
    helper_id: int
    helper_name: str
    organisation_name: str
    ground: str
    ground_label: str
    degree: int | None
    document: str
    valid_from: date
    valid_until: date | None
    is_in_force: bool


def recusals_of_household(actor: Actor, household: Household, *, on: date) -> list[RecusalView]:
    """The recusals of a household, the latest first, for those who may know who stands beside it."""
    if Part.DUTY not in parts_for(actor, household):
        return []
    return _views(Recusal.objects.filter(household=household), on)


def recusals_of_helper(actor: Actor, helper_id: int, *, on: date) -> list[RecusalView]:
    """The recusals of a helper with households in reach, the latest first."""
    return _views(Recusal.objects.filter(helper=helper_id, household__in=household_scope(actor)), on)


def _views(rows: QuerySet[Recusal], on: date) -> list[RecusalView]:
    rows = rows.filter(_SHOWN).select_related("household__head", "helper__person", "helper__organisation")
    return [_view(row, on) for row in rows.order_by("-valid_from", "-pk")]


def _view(row: Recusal, on: date) -> RecusalView:
    return RecusalView(
        household_id=row.household_id,
        household_no=row.household.household_no,
        head_name=row.household.head.name if row.household.head else "",
        helper_id=row.helper_id,
        helper_name=row.helper.person.name,
        organisation_name=row.helper.organisation.label,
        ground=row.ground,
        ground_label=row.get_ground_display(),
        degree=row.degree,
        document=row.document,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_in_force=covers_day(row.valid_from, row.valid_until, on),
    )
