"""事项的各行: the rows that belong to one matter, by prepared queries: its page asks for all of them."""

from __future__ import annotations

from django.db.models import QuerySet

from yixian.kernel.prepared import prepared
from yixian.matters.models import (
    MatterClause,
    MatterDecision,
    MatterEscalation,
    MatterEvent,
    MatterFile,
    MatterLink,
    MatterMeeting,
    MatterMessage,
    MatterSubject,
    MatterVerdict,
)


@prepared
def events_of(matter_id: int) -> QuerySet[MatterEvent]:
    """Everything that happened, in its order."""
    return MatterEvent.objects.filter(matter=matter_id).order_by("seq").select_related("by")


@prepared
def clauses_of(matter_id: int) -> QuerySet[MatterClause]:
    """The clauses that it points at."""
    return MatterClause.objects.filter(matter=matter_id).order_by("pk")


@prepared
def files_of(matter_id: int) -> QuerySet[MatterFile]:
    """Photographs, recordings and documents."""
    return MatterFile.objects.filter(matter=matter_id).order_by("position")


@prepared
def subjects_of(matter_id: int) -> QuerySet[MatterSubject]:
    """Whom in office it is about."""
    rows = MatterSubject.objects.filter(matter=matter_id).select_related("helper__person", "organisation")
    return rows.order_by("pk")


@prepared
def messages_of(matter_id: int) -> QuerySet[MatterMessage]:
    """What was written from either side, and within the office."""
    rows = MatterMessage.objects.filter(matter=matter_id).select_related("by", "organisation")
    return rows.order_by("at", "pk")


@prepared
def meetings_of(matter_id: int) -> QuerySet[MatterMeeting]:
    """Meetings, hearings and visits about it."""
    rows = MatterMeeting.objects.filter(matter=matter_id).select_related("by", "organisation")
    return rows.order_by("on", "pk")


@prepared
def decisions_of(matter_id: int) -> QuerySet[MatterDecision]:
    """What was decided, with the remedy if it was carried out."""
    rows = MatterDecision.objects.filter(matter=matter_id).select_related("organisation", "by", "done")
    return rows.order_by("pk")


@prepared
def verdicts_of(matter_id: int) -> QuerySet[MatterVerdict]:
    """What the person said of the outcome."""
    return MatterVerdict.objects.filter(matter=matter_id).select_related("by").order_by("pk")


@prepared
def escalations_of(matter_id: int) -> QuerySet[MatterEscalation]:
    """Limits that passed, and who was notified."""
    rows = MatterEscalation.objects.filter(matter=matter_id).select_related("organisation")
    return rows.order_by("at", "pk")


@prepared
def links_of(matter_id: int) -> QuerySet[MatterLink]:
    """Matters of which somebody said whether they are the same."""
    return MatterLink.objects.filter(matter=matter_id).select_related("other").order_by("pk")
