"""入户结果查询: the visits of a campaign, and those after which a team still has to come again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.survey.access import ORGANISERS
from yixian.survey.models import Campaign, SheetSubmission, YardVisit
from yixian.survey.queries import campaigns


def yard_visit_list(
    campaign: Campaign, *, search: str = "", outcome: str = "", area_path: str = ""
) -> ResultSet[YardVisit]:
    """The visits of a campaign, which the reader reaches, the latest first."""
    rows = YardVisit.objects.filter(team__campaign=campaign, area_path__startswith=area_path)
    if outcome:
        rows = rows.filter(outcome=outcome)
    if search:
        rows = rows.filter(Q(household__household_no__contains=search) | Q(household__head__name=search))
    orders = {
        "household": ("household__head__name", "household__household_no"),
        "on": ("on",),
        "outcome": ("outcome", "on"),
        "team": ("team__name", "on"),
        "next": ("next_on",),
    }
    return ResultSet(_shown(rows).order_by("-on", "-pk"), orders)


def visits_to_repeat(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """Households to which a team was to come again by now, and from which nothing has come since (worklist).

    What came since is told by the day of the visit, not by when it was noted: the bureau notes it days later.
    """
    if not actor.has_any(ORGANISERS):
        return NOTHING
    mine = campaigns(actor.acting_as(ORGANISERS)).filter(closing=None)
    later = YardVisit.objects.filter(
        household=OuterRef("household"), team__campaign=OuterRef("team__campaign")
    )
    sheets = SheetSubmission.objects.filter(
        campaign=OuterRef("team__campaign"), household_no=OuterRef("household__household_no")
    )
    rows = YardVisit.objects.filter(
        ~Exists(later.filter(Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")))),
        ~Exists(sheets.filter(received_at__date__gte=OuterRef("on"))),
        team__campaign__in=mine.values("pk"),
        next_on__lte=timezone.localdate(at),
    )
    return ResultSet(_shown(rows).order_by("next_on", "pk"), read=_pending)


def open_paper(actor: Actor, visit_id: int) -> tuple[YardVisit, File[bytes]]:
    """The photograph of the paper of a visit in reach, opened. Raises `NotFound`, also where there is none."""
    rows = _shown(YardVisit.objects.filter(team__campaign__in=campaigns(actor).values("pk")))
    found = rows.filter(pk=visit_id).exclude(paper="").first()
    if found is None:
        raise NotFound("survey.no_visit", _("There is no such paper."))
    return found, found.paper.open()


def _shown(rows: QuerySet[YardVisit]) -> QuerySet[YardVisit]:
    return rows.select_related("household__head", "household__area", "team__campaign")


def _pending(visits: Sequence[YardVisit]) -> list[Pending]:
    return [
        Pending(
            visit.team_id,
            visit.household.head.name if visit.household.head else visit.household.household_no,
            visit.household.area.label,
            since=visit.on,
            due_on=visit.next_on,
        )
        for visit in visits
    ]
