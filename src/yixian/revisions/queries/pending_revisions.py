"""待审查询: revisions that wait for somebody as one of the two who approve (worklist)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.result_sets import ResultSet
from yixian.revisions.access import APPROVERS
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.models import Revision, RevisionDraft, RevisionStep
from yixian.revisions.queries.revisions import revisions

_WAIT = (RevisionStepKind.SUBMITTED, RevisionStepKind.APPROVED)


def revisions_to_approve(actor: Actor) -> ResultSet[Pending]:
    """Submitted and once approved revisions in reach that the actor neither drafted nor approved; the oldest first."""
    if not actor.has_any(APPROVERS) or not _submitted():
        return NOTHING
    return pending(_to_approve(actor), _pending)


@memoised(RevisionStep)
def _submitted() -> tuple[int, ...]:
    """Every revision whose last step lets somebody approve: mostly none, and known without asking anew."""
    last = RevisionStep.objects.filter(revision=OuterRef("revision")).order_by("-pk").values("pk")[:1]
    steps = RevisionStep.objects.filter(pk=Subquery(last), kind__in=_WAIT)
    return tuple(steps.values_list("revision_id", flat=True))


def _pending(row: Any) -> Pending:
    return Pending(row.pk, row.title, row.area.label, timezone.localdate(row.last_at))


def _to_approve(actor: Actor) -> QuerySet[Revision]:
    last = RevisionStep.objects.filter(revision=OuterRef("pk")).order_by("-pk")
    drafted = RevisionDraft.objects.filter(revision=OuterRef("pk"), saved_by=actor.user_id)
    rows = (
        revisions(actor.acting_as(APPROVERS))
        .filter(pk__in=_submitted())
        .annotate(
            last_kind=Subquery(last.values("kind")[:1]),
            last_by=Subquery(last.values("by_id")[:1]),
            last_at=Subquery(last.values("at")[:1]),
        )
    )
    first = Q(last_kind=RevisionStepKind.SUBMITTED)
    second = Q(last_kind=RevisionStepKind.APPROVED) & ~Q(last_by=actor.user_id)
    rows = rows.filter(first | second).exclude(begun_by=actor.user_id)
    return rows.filter(~Exists(drafted)).order_by("pk")
