"""请人上门念账的查询: which households wait for somebody to read their account to them, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from yixian.compensation.choices import StatementStatus
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import HELPER_ROLES
from yixian.outreach.models import Explanation, ExplanationObjection, ReadingRequest
from yixian.registry.access import Part, household_scope, parts_for
from yixian.registry.models import Household
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Visit

LATE = timedelta(days=7)
"""So long after it was asked for, whoever answers for the place hears that nobody has come; at once where nobody could."""


def open_requests() -> QuerySet[ReadingRequest]:
    """The requests that wait: the household's latest, not taken back, and nobody has come since.

    Somebody came who was there on the day of the request or later, and wrote it down after it. An explanation that the
    household says never took place is none; a visit answers it where no account had been issued when it was recorded.
    """
    rows = ReadingRequest.objects.annotate(asked_on=TruncDate("at"))
    later = ReadingRequest.objects.filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    since = {"household": OuterRef("household"), "on__gte": OuterRef("asked_on")}
    never_held = ExplanationObjection.objects.filter(explanation=OuterRef("pk"), never_held=True)
    explained = Explanation.objects.filter(~Exists(never_held), recorded_at__gte=OuterRef("at"), **since)
    rows = rows.filter(~Exists(later), ~Exists(explained), is_taken_back=False)
    return rows.exclude(Exists(_visits_without_account(since)))


def _visits_without_account(since: Mapping[str, OuterRef]) -> QuerySet[Visit]:
    """Visits as they stand corrected, first written down after the request, and while the household had no account."""
    account = Statement.objects.filter(
        household=OuterRef("household"), status=StatementStatus.ISSUED, issued_at__lte=OuterRef("written_at")
    )
    rows = Visit.objects.annotate(written_at=Coalesce("original__recorded_at", "recorded_at"))
    return rows.filter(~Exists(account), corrected_by=None, written_at__gte=OuterRef("at"), **since)


def reading_asked_on(actor: Actor, household: Household) -> date | None:
    """Since when a household waits for somebody to read its account to it; None where it does not, and for who may not see it."""
    if Part.VISITS not in parts_for(actor, household):
        return None
    at = open_requests().filter(household=household).values_list("at", flat=True).first()
    return None if at is None else timezone.localdate(at)


def readings_asked_of(actor: Actor) -> ResultSet[Pending]:
    """The households that the actor stands beside and that wait for it, the first asked first (worklist)."""
    ids = {pk for grant in actor.grants if grant.role in HELPER_ROLES for pk in grant.household_ids}
    if not ids or not ReadingRequest.objects.exists():
        return NOTHING
    rows = open_requests().filter(household__in=ids).select_related("household__area", "household__head")
    return ResultSet(rows.order_by("at", "pk"), read=lambda found: [_pending(row) for row in found])


def has_no_helpers(household_id: int, *, on: date) -> bool:
    """Whether nobody stands beside a household on a day, so that its request stands on no helper's first page."""
    return not _pairings_on(on).filter(household=household_id).exists()


def late_readings(actor: Actor, *, at: datetime) -> int:
    """How many households in reach asked more than a week ago, or have nobody beside them, and nobody has come (worklist)."""
    if not actor.has_any(FIGURE_READERS) or not ReadingRequest.objects.exists():
        return 0
    today = timezone.localdate(at)
    reached = household_scope(actor.acting_as(FIGURE_READERS)).filter(in_force(today))
    alone = ~Exists(_pairings_on(today).filter(household=OuterRef("household")))
    return open_requests().filter(Q(at__lt=at - LATE) | alone, household__in=reached).count()


def _pairings_on(on: date) -> QuerySet[Pairing]:
    """The pairings in force on a day, of helpers in service."""
    return Pairing.objects.filter(in_force(on), in_force(on, "helper__"))


def _pending(row: ReadingRequest) -> Pending:
    household = row.household
    name = household.head.name if household.head else household.household_no
    place = " · ".join(part for part in (household.area.label, household.address) if part)
    return Pending(household.pk, name, place, timezone.localdate(row.at))
