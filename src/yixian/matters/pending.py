"""待办之事: what is open on a matter — more time asked for, a remedy decided, a review or a verdict that may be asked for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yixian.domain.procedure.clocks import RUNNING
from yixian.kernel.prepared import prepared
from yixian.matters.acting import acting_organisations
from yixian.matters.models import Matter, MatterDecision, MatterExtension, RemedyDone
from yixian.matters.procedures import MatterState
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import acting_superior, first_organisation
from yixian.registry.models import Organisation

ANSWERED = ("told", "not_accepted", "closed")
"""Events after which there is something to judge."""

_WITHOUT_LIMIT = {"review_requested": ("refused",), "rereview_requested": ("reviewed",)}
"""States in which a review may be asked for though no limit for it has begun."""


def open_extension(matter: Matter) -> MatterExtension | None:
    """What was asked for and not approved since."""
    asked = _latest_extension(matter.pk)
    if not asked:
        return None
    approved = matter.events.filter(kind="extension_approved", at__gte=asked[0].asked_at).exists()
    return None if approved else asked[0]


def open_remedy(matter: Matter) -> MatterDecision | None:
    """The latest decision whose change is not carried out yet."""
    latest = latest_decision(matter.pk)
    if not latest or not latest[0].remedy or RemedyDone.objects.filter(decision=latest[0]).exists():
        return None
    return latest[0]


@prepared
def latest_decision(matter_id: int) -> QuerySet[MatterDecision]:
    """What was decided last, as one row or none."""
    return MatterDecision.objects.filter(matter=matter_id).order_by("-pk")[:1]


@prepared
def _latest_extension(matter_id: int) -> QuerySet[MatterExtension]:
    return MatterExtension.objects.filter(matter=matter_id).order_by("-pk")[:1]


def reviewing_organisation(matter: Matter, decided_by: Organisation, *, at: datetime) -> Organisation:
    """The body that reviews what a body decided: the nearest above it for which somebody acts, unless the matter is about
    that.
    """
    organisation = acting_superior(decided_by, acting_organisations(at=at))
    if keeps_out(matter, organisation.pk):
        about = matter.subjects.values_list("organisation_id", flat=True)
        organisation = first_organisation(matter.area, [], list(about), at=at)
    return organisation


def may_ask_review(state: MatterState, kind: str) -> bool:
    """Whether the person may ask now: the procedure knows the step here, and their own limit is running.

    A matter that was not accepted has no such limit: that may be reviewed as long as it stands. Nor has one whose review was
    decided while the person has not been told yet, from when their limit counts.
    """
    if not state.may_happen(kind) or state.course.fault is not None:
        return False
    if state.course.state in _WITHOUT_LIMIT.get(kind, ()):
        own = [one for one in state.course.clocks if kind in one.clock.stops_on and one.stopped_at is None]
        return all(one.status == RUNNING for one in own)
    latest = {one.clock.id: one for one in state.course.clocks if kind in one.clock.stops_on}
    return bool(latest) and all(one.status == RUNNING for one in latest.values())
