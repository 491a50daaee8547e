"""公示查询: postings in reach, where each stands at a moment, what waits for an answer, and which lists are locked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import HANGING, PostingCourse, posting_course
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.posting.access import READERS
from yixian.posting.choices import PostedList
from yixian.posting.models import ListLock, Objection, Posting
from yixian.posting.posting_rules import calendar, events_of, procedure_of
from yixian.registry.queries.areas import reached_areas


@dataclass(frozen=True, slots=True)
class PostingView:
    """一次公示: a posting and where it stands."""

    posting: Posting
    course: PostingCourse

    @property
    def last_day(self) -> int | None:
        """The ordinal of the last day of what hangs or hung; None if nothing does."""
        running = [clock.due_day for clock in self.course.clocks if clock.id == "posting"]
        return running[-1] if running else None


def postings(actor: Actor) -> QuerySet[Posting]:
    """Every posting of the places in reach, the latest first. Raises `NotPermitted`."""
    require(actor, READERS)
    rows = Posting.objects.filter(area__in=reached_areas(actor.acting_as(READERS)))
    return rows.select_related("area").order_by("-prepared_at", "-pk")


def get_posting(actor: Actor, posting_id: int) -> Posting:
    """One posting in reach. Raises `NotFound`."""
    posting = postings(actor).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("posting.none", _("There is no such posting."))
    return posting


def course_of(posting: Posting, *, at: datetime) -> PostingCourse:
    """Where a posting stands at a moment."""
    return posting_course(procedure_of(posting), calendar(), events_of(posting), at)


def hanging(*, at: datetime) -> list[PostingView]:
    """What hangs in any village now, for everybody to see; the one that comes down first first."""
    views = [PostingView(row, course_of(row, at=at)) for row in Posting.objects.select_related("area")]
    return sorted(
        (view for view in views if view.course.state == HANGING), key=lambda view: view.last_day or 0
    )


def objections(actor: Actor, posting: Posting) -> QuerySet[Objection]:
    """The objections to a posting, in the order in which they came. Raises `NotPermitted`."""
    require(actor, READERS)
    return posting.objections.select_related("event", "answer").order_by("event__seq")


def unanswered(area_ids: Iterable[int], posted: PostedList) -> QuerySet[Objection]:
    """The objections to any round of a list that nobody has answered."""
    return Objection.objects.filter(
        posting__area__in=list(area_ids), posting__list=posted, answer__isnull=True
    )


def lock_of(area_id: int, posted: PostedList) -> ListLock | None:
    """The lock of a village's list, once two persons agreed to it."""
    rows = ListLock.objects.filter(posting__area=area_id, posting__list=posted, agreement__isnull=False)
    return rows.select_related("agreement", "posting").order_by("-pk").first()
