"""待办查询: what waits in working groups — a decision, an answer to a signal, a household to check (worklist)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.result_sets import ResultSet
from yixian.matters.procedures import working_days_after
from yixian.registry.access import area_reach
from yixian.registry.models import Area
from yixian.working_groups.access import CHECKERS, DECIDERS, OPENERS
from yixian.working_groups.choices import GroupStepKind
from yixian.working_groups.limits import ANSWER_DAYS
from yixian.working_groups.models import GroupStep, SampledHousehold, Signal, SignalAnswer
from yixian.working_groups.queries.checks import checks
from yixian.working_groups.queries.groups import groups
from yixian.working_groups.queries.signals import topic_label

_KEEPING = (GroupStepKind.KEEP_PROPOSED, GroupStepKind.KEEP_TAKEN_BACK, GroupStepKind.KEPT)


def standards_to_keep(actor: Actor) -> ResultSet[Pending]:
    """Groups in which somebody else proposed that a standard be kept, for those who decide; the oldest first."""
    if not actor.has_any(DECIDERS) or not _proposed():
        return NOTHING
    last = GroupStep.objects.filter(group=OuterRef("pk"), kind__in=_KEEPING).order_by("-pk")
    rows = (
        groups(actor.acting_as(DECIDERS))
        .filter(pk__in=_proposed())
        .annotate(
            keeping=Subquery(last.values("kind")[:1]),
            kept_by=Subquery(last.values("by_id")[:1]),
            kept_at=Subquery(last.values("at")[:1]),
        )
    )
    rows = rows.filter(keeping=GroupStepKind.KEEP_PROPOSED).exclude(kept_by=actor.user_id)
    return pending(rows.order_by("pk"), _group)


@memoised(GroupStep)
def _proposed() -> tuple[int, ...]:
    """Every group in which the last word on keeping the standard is a proposal."""
    last = (
        GroupStep.objects.filter(group=OuterRef("group"), kind__in=_KEEPING).order_by("-pk").values("pk")[:1]
    )
    steps = GroupStep.objects.filter(pk=Subquery(last), kind=GroupStepKind.KEEP_PROPOSED)
    return tuple(steps.values_list("group_id", flat=True))


def signals_to_answer(actor: Actor) -> ResultSet[Pending]:
    """Signals in reach that nobody has answered in public, for those who open working groups; the oldest first."""
    reach = area_reach(actor.acting_as(OPENERS))
    rows = [row for path, row in _unanswered() if path.startswith(reach)]
    return ResultSet(
        [replace(row, due_on=row.since and working_days_after(row.since, ANSWER_DAYS)) for row in rows]
    )


@memoised(Signal, SignalAnswer, Area)
def _unanswered() -> tuple[tuple[str, Pending], ...]:
    """Every signal without an answer, with the path of its place."""
    rows = Signal.objects.filter(answers=None).select_related("area").order_by("pk")
    return tuple(
        (
            row.area.path,
            Pending(row.pk, topic_label(row), row.area.label, timezone.localdate(row.detected_at)),
        )
        for row in rows
    )


def checks_to_do(actor: Actor) -> ResultSet[Pending]:
    """Drawn households that the actor was given to check and has not; in the order of the draw."""
    return pending(checks(actor).filter(result=None), _check) if actor.has_any(CHECKERS) else NOTHING


def _group(row: Any) -> Pending:
    return Pending(row.pk, row.title, row.area.label, timezone.localdate(row.kept_at))


def _check(row: SampledHousehold) -> Pending:
    head = row.household.head
    name = head.name if head else row.household.household_no
    return Pending(row.pk, name, row.household.area.label)
