"""已同意告知的事项: the open matters of households that agreed that those beside them may know of them.

Whoever stands beside a household, or takes it over, is to know that something is open there — and no more than the household
allowed. What is about somebody in office is never among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.prepared import one_of, prepared
from yixian.matters.access import ReportingLine, matter_scope, reporting_line_of
from yixian.matters.codes import household_index
from yixian.matters.models import MatterPerson, MatterProjection
from yixian.matters.queries.matter_board import rows_of


@dataclass(frozen=True, slots=True)
class SharedView:
    """A matter that is open, and that the household lets those beside it know. ``due_on`` is the next deadline's last day."""

    number: str
    topic_label: str
    state_label: str
    next_clock: str
    due_on: date | None
    is_overdue: bool


@prepared
def _raised(
    household_indices: Collection[str], at: datetime, *, actor: Actor, line: ReportingLine
) -> QuerySet[MatterPerson, tuple[int, str]]:
    """The matters of these households, and by which; as far as the actor sees them."""
    seen = matter_scope(actor, at=at, line=line).filter(
        shared=True, projection__guarded=False, projection__is_closed=False
    )
    rows = MatterPerson.objects.filter(
        one_of("household_index", household_indices), matter__in=seen.values("pk")
    )
    return rows.values_list("matter_id", "household_index")


@prepared
def _projections(matter_ids: Collection[int]) -> QuerySet[MatterProjection]:
    rows = MatterProjection.objects.filter(one_of("pk", matter_ids))
    return rows.order_by("sort_at", "received_at", "pk")


def open_shared(actor: Actor, household_ids: Collection[int], *, at: datetime) -> dict[int, list[SharedView]]:
    """The open shared matters of these households that the actor may see, by household, what is due first at the top."""
    indices = {household_index(pk): pk for pk in household_ids}
    if not indices:
        return {}
    households = defaultdict(set)
    for matter_id, index in _raised(indices, at, actor=actor, line=reporting_line_of(actor, at=at)):
        households[matter_id].add(indices[index])
    projections = _projections(households)
    found: dict[int, list[SharedView]] = defaultdict(list)
    for projection, row in zip(projections, rows_of(projections, at=at), strict=True):
        for pk in sorted(households[projection.pk]):
            found[pk].append(
                SharedView(
                    row.number,
                    row.topic_label,
                    row.state_label,
                    row.next_clock,
                    row.next_due_on,
                    row.is_overdue,
                )
            )
    return dict(found)
