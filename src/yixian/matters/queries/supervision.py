"""督办查询: supervision orders that an actor reaches — what their body must reply to, and what they ordered and must close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.prepared import prepared
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import HANDLERS, SUPERIORS, matter_scope, organisations_of
from yixian.matters.choices import SupervisionStage, SupervisionStepKind
from yixian.matters.models import Matter, SupervisionOrder, SupervisionStep

_STAGES = {
    None: SupervisionStage.ORDERED,
    SupervisionStepKind.SENT_BACK: SupervisionStage.ORDERED,
    SupervisionStepKind.REPLIED: SupervisionStage.REPLIED,
    SupervisionStepKind.CLOSED: SupervisionStage.CLOSED,
}


@dataclass(frozen=True, slots=True)
class SupervisionView:
    """An order with what followed. ``due_on`` is the latest day that was set; ``mine`` and ``ours`` say whether the actor acts
    for the body that must reply, and for the one that ordered.
    """

    order: SupervisionOrder
    stage: SupervisionStage
    due_on: date
    steps: tuple[SupervisionStep, ...]
    mine: bool
    ours: bool
    on: date

    @property
    def days_over(self) -> int:
        """How many days its day has been over without a reply; 0 while it is not."""
        waits = self.stage == SupervisionStage.ORDERED
        return max(0, (self.on - self.due_on).days) if waits else 0


def supervision_list(actor: Actor, *, at: datetime, tab: str = "") -> ResultSet[SupervisionView]:
    """Orders in reach, the earliest day first: ``reply`` those that the actor's body must reply to, ``ordered`` those of their
    own that are open, ``closed``, and "" all that are open.
    """
    rows = _orders(actor, at)
    mine, ours = _own_organisations(actor, at)
    waiting = Q(latest=None) | Q(latest=SupervisionStepKind.SENT_BACK)
    open_ = Q(latest=None) | ~Q(latest=SupervisionStepKind.CLOSED)
    conditions = {
        "reply": Q(organisation__in=mine) & waiting,
        "ordered": Q(by_organisation__in=ours) & open_,
        "closed": Q(latest=SupervisionStepKind.CLOSED),
    }
    rows = rows.filter(conditions.get(tab, open_)).order_by("until", "pk")
    orders = {"due": ("until",), "about": ("about",), "organisation": ("organisation__code",), "at": ("at",)}
    return ResultSet(rows, orders, lambda found: [_view(row, mine, ours, at) for row in found])


def get_supervision(actor: Actor, order_id: int, *, at: datetime) -> SupervisionView:
    """One order. Raises `NotFound` out of reach."""
    row = _orders(actor, at).filter(pk=order_id).first()
    if row is None:
        raise NotFound("supervision.not_found", _("There is no such supervision order."))
    return _view(row, *_own_organisations(actor, at), at)


def supervision_of(actor: Actor, matter: Matter, *, at: datetime) -> list[SupervisionView]:
    """The orders about a matter that the actor sees, the latest first."""
    mine, ours = _own_organisations(actor, at)
    return [_view(row, mine, ours, at) for row in _of_matter(matter.pk)]


@prepared
def _of_matter(matter_id: int) -> QuerySet[Any]:
    return _annotated(SupervisionOrder.objects.filter(matter=matter_id)).order_by("-pk")


def to_reply(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """What the actor's body must reply to (worklist)."""
    if not actor.has_any(HANDLERS) or not _is_anything_ordered():
        return NOTHING
    return supervision_list(actor, at=at, tab="reply").reading(_pending)


def to_close(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """What was replied and waits for the leader who ordered it (worklist)."""
    if not actor.has_any(SUPERIORS) or not _is_anything_ordered():
        return NOTHING
    rows = _orders(actor, at).filter(
        by_organisation__in=_own_organisations(actor, at)[1], latest=SupervisionStepKind.REPLIED
    )
    mine, ours = _own_organisations(actor, at)
    return ResultSet(
        rows.order_by("until", "pk"), read=lambda found: [_view(row, mine, ours, at) for row in found]
    ).reading(_pending)


def late_orders(actor: Actor, *, at: datetime) -> int:
    """How many of the actor's own orders had no reply by their day (worklist)."""
    if not actor.has_any(SUPERIORS) or not _is_anything_ordered():
        return 0
    rows = _orders(actor, at).filter(by_organisation__in=_own_organisations(actor, at)[1])
    waiting = Q(latest=None) | Q(latest=SupervisionStepKind.SENT_BACK)
    return rows.filter(waiting, until__lt=timezone.localdate(at)).count()


@memoised(SupervisionOrder)
def _is_anything_ordered() -> bool:
    """Whether any leader ever ordered anything: where none did, nothing needs to be looked for."""
    return SupervisionOrder.objects.exists()


def _pending(rows: list[SupervisionView]) -> list[Pending]:
    return [
        Pending(
            row.order.pk,
            row.order.about,
            row.order.organisation.label,
            timezone.localdate(row.order.at),
            row.due_on,
        )
        for row in rows
    ]


def _own_organisations(actor: Actor, at: datetime) -> tuple[frozenset[int], frozenset[int]]:
    """The bodies for which the actor replies, and those for which they order."""
    mine = organisations_of(actor, at=at) if actor.has_any(HANDLERS) else frozenset()
    ours = organisations_of(actor.acting_as(SUPERIORS), at=at) if actor.has_any(SUPERIORS) else frozenset()
    return mine, ours


def _orders(actor: Actor, at: datetime) -> QuerySet[Any]:
    mine, ours = _own_organisations(actor, at)
    reach = Q(organisation__in=mine) | Q(by_organisation__in=ours)
    may_know = Q(matter=None) | Q(matter__in=matter_scope(actor, at=at).values("pk"))
    return _annotated(SupervisionOrder.objects.filter(reach & may_know))


def _annotated(rows: QuerySet[Any]) -> QuerySet[Any]:
    steps = SupervisionStep.objects.filter(order=OuterRef("pk")).order_by("-pk")
    rows = rows.select_related("organisation", "by_organisation", "by", "matter")
    annotated: QuerySet[Any] = rows.annotate(
        latest=Subquery(steps.values("kind")[:1]),
        until=Coalesce(Subquery(steps.exclude(due_on=None).values("due_on")[:1]), "due_on"),
    )
    return annotated


def _view(row: Any, mine: frozenset[int], ours: frozenset[int], at: datetime) -> SupervisionView:
    latest = row.latest
    steps = tuple(row.steps.select_related("by", "organisation").order_by("pk")) if latest else ()
    return SupervisionView(
        row,
        _STAGES[latest],
        row.until,
        steps,
        row.organisation_id in mine,
        row.by_organisation_id in ours,
        timezone.localdate(at),
    )
