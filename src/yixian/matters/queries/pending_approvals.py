"""待批待落实查询: matters that wait for a second person — more time asked for, a remedy to carry out (worklist)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import (
    OFFICE_HEADS,
    REMEDIERS,
    holding,
    organisations_of,
    projection_scope,
)
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.models import (
    MatterDecision,
    MatterEvent,
    MatterExtension,
    RemedyDone,
)
from yixian.matters.queries.matter_board import rows_of


def extensions_to_approve(actor: Actor, *, at: datetime) -> ResultSet[MatterRow]:
    """Matters of the actor's body in which somebody else asked for more time, for its heads; what is due first.

    That it waits is as `yixian.matters.pending.open_extension` says of one matter.
    """
    if not actor.has_any(OFFICE_HEADS) or not _is_time_asked_for():
        return ResultSet(())
    held = holding(organisations_of(actor.acting_as(OFFICE_HEADS), at=at), at=at)
    asked = MatterExtension.objects.filter(matter=OuterRef("matter")).order_by("-pk")
    approved = MatterEvent.objects.filter(
        matter=OuterRef("matter"), kind="extension_approved", at__gte=OuterRef("asked_at")
    )
    rows = projection_scope(actor, at=at).filter(held, is_closed=False)
    rows = rows.annotate(
        asked_at=Subquery(asked.values("asked_at")[:1]), asked_by=Subquery(asked.values("asked_by_id")[:1])
    )
    rows = rows.exclude(asked_at=None).exclude(asked_by=actor.user_id).filter(~Exists(approved))
    return _listed(rows.order_by("sort_at", "matter_id"), at)


def remedies_to_carry_out(actor: Actor, *, at: datetime) -> ResultSet[MatterRow]:
    """Matters in reach whose latest decision changes the register and is not carried out, decided by somebody else."""
    if not actor.has_any(REMEDIERS) or not _not_carried_out():
        return ResultSet(())
    latest = MatterDecision.objects.filter(matter=OuterRef("matter")).order_by("-pk")
    rows = projection_scope(actor, at=at).filter(matter__in=_not_carried_out())
    rows = rows.annotate(decided_by=Subquery(latest.values("by_id")[:1])).exclude(decided_by=actor.user_id)
    return _listed(rows.order_by("sort_at", "matter_id"), at)


@memoised(MatterExtension)
def _is_time_asked_for() -> bool:
    """Whether more time was ever asked for: where it was not, nothing needs to be looked for."""
    return MatterExtension.objects.exists()


@memoised(MatterDecision, RemedyDone)
def _not_carried_out() -> tuple[int, ...]:
    """Every matter whose latest decision has a remedy that nobody carried out (as `pending.open_remedy` says of one)."""
    later = MatterDecision.objects.filter(matter=OuterRef("matter"), pk__gt=OuterRef("pk"))
    open_ = MatterDecision.objects.filter(~Exists(later), done=None).exclude(remedy="")
    return tuple(open_.values_list("matter_id", flat=True))


def _listed(rows: QuerySet[Any], at: datetime) -> ResultSet[MatterRow]:
    return ResultSet(rows, read=lambda found: rows_of(found, at=at))
