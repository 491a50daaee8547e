"""公示查询: postings in reach, where each stands at a moment, what waits for an answer, and which lists are locked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.domain.procedure.posting import NOT_POSTED, VOID, PostingCourse, posting_course
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.permission import require
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import Role
from yixian.posting.access import ANSWERERS, KEEPERS, LOCKERS, READERS
from yixian.posting.choices import PostedList
from yixian.posting.models import (
    ListLock,
    ListLockAgreement,
    Objection,
    ObjectionAnswer,
    Posting,
    PostingEvent,
)
from yixian.posting.posting_rules import calendar, events_of, procedure_of
from yixian.registry.access import below
from yixian.registry.models import Area
from yixian.registry.queries.areas import reached_areas


@dataclass(frozen=True, slots=True)
class PostingView:
    """一次公示: a posting and where it stands; ``proposed`` is the latest proposal to lock its list."""

    posting: Posting
    course: PostingCourse
    is_last: bool = True
    waits_in_any_round: bool = False
    proposed: ListLock | None = None

    @property
    def last_day(self) -> int | None:
        """The ordinal of the last day of what hangs or hung; None if nothing does."""
        if self.course.state in {NOT_POSTED, VOID}:
            return None
        running = [clock.due_day for clock in self.course.clocks if clock.id == "posting"]
        return running[-1] if running else None

    @property
    def last_date(self) -> date | None:
        """The same as a day."""
        return date.fromordinal(self.last_day) if self.last_day else None


def postings(actor: Actor) -> QuerySet[Posting]:
    """Every posting of the places in reach, the latest first. Raises `NotPermitted`."""
    require(actor, READERS)
    rows = Posting.objects.filter(area__in=reached_areas(actor.acting_as(READERS)))
    return rows.select_related("area").prefetch_related("events").order_by("-prepared_at", "-pk")


def posting_list(
    actor: Actor, *, area_path: str = "", posted: str = "", at: datetime
) -> ResultSet[PostingView]:
    """Postings to be listed, each with where it stands at a moment: by village, list, round or day of the register."""
    rows = postings(actor)
    if area_path:
        rows = rows.filter(below(area_path, "area_path"))
    if posted:
        rows = rows.filter(list=posted)
    orders = {
        "place": ("area__path", "list", "round"),
        "list": ("list", "area__path", "round"),
        "round": ("round", "area__path", "list"),
        "prepared": ("-as_of", "-pk"),
    }
    return ResultSet(
        rows, orders, read=lambda page: [PostingView(row, course_of(row, at=at)) for row in page]
    )


def villages_to_post(actor: Actor) -> QuerySet[Area]:
    """The villages whose lists the actor may prepare, with their townships."""
    rows = reached_areas(actor.acting_as(KEEPERS)).filter(level=AreaLevel.VILLAGE)
    return rows.select_related("parent")


def happened(actor: Actor, posting: Posting) -> QuerySet[PostingEvent]:
    """What happened to a posting and by whom, the latest first. Raises `NotPermitted`."""
    require(actor, READERS)
    return posting.events.select_related("by").order_by("-seq")


def proof_of(actor: Actor, posting_id: int, seq: int) -> IO[bytes]:
    """The photograph of one proof that a posting hung. Raises `NotFound`."""
    event = get_posting(actor, posting_id).events.filter(seq=seq).exclude(photograph="").first()
    if event is None:
        raise NotFound("posting.no_proof", _("There is no such photograph."))
    return event.photograph.open()


def get_posting(actor: Actor, posting_id: int) -> Posting:
    """One posting in reach. Raises `NotFound`."""
    posting = postings(actor).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("posting.none", _("There is no such posting."))
    return posting


def course_of(posting: Posting, *, at: datetime) -> PostingCourse:
    """Where a posting stands at a moment."""
    return posting_course(procedure_of(posting), calendar(), events_of(posting), at)


def posting_view(posting: Posting, *, at: datetime) -> PostingView:
    """A posting with where it stands, whether it is the last of its list, and who proposed to lock that."""
    of_list = Posting.objects.filter(area=posting.area_id, list=posting.list)
    lock = posting.locks.select_related("proposed_by").order_by("-pk").first()
    return PostingView(
        posting,
        course_of(posting, at=at),
        is_last=not of_list.filter(round__gt=posting.round).exists(),
        waits_in_any_round=unanswered([posting.area_id], PostedList(posting.list)).exists(),
        proposed=lock,
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


def objections_to_answer(actor: Actor) -> ResultSet[Pending]:
    """Postings in reach with an objection that nobody has answered, by the day of the first one."""
    if not actor.has_any(ANSWERERS) or not _any_unanswered():
        return NOTHING
    rows = _in_reach(actor, ANSWERERS).filter(objections__isnull=False, objections__answer__isnull=True)
    return pending(rows.annotate(since=Min("objections__event__at")).order_by("since"), _pending)


def lists_to_lock(actor: Actor) -> ResultSet[Pending]:
    """Postings in reach whose list somebody else proposed to lock, by the day of the proposal."""
    if not actor.has_any(LOCKERS) or not _any_proposed():
        return NOTHING
    proposed = ListLock.objects.filter(posting=OuterRef("pk")).order_by("-pk")
    rows = _in_reach(actor, LOCKERS).annotate(
        since=Subquery(proposed.values("proposed_at")[:1]),
        proposer=Subquery(proposed.values("proposed_by")[:1]),
        agreed=Subquery(proposed.values("agreement")[:1]),
    )
    waiting = rows.filter(since__isnull=False, agreed__isnull=True).exclude(proposer=actor.user_id)
    return pending(waiting.order_by("since"), _pending)


@memoised(Objection, ObjectionAnswer)
def _any_unanswered() -> bool:
    """Whether any objection waits at all: mostly none does."""
    return Objection.objects.filter(answer__isnull=True).exists()


@memoised(ListLock, ListLockAgreement)
def _any_proposed() -> bool:
    """Whether any list waits to be locked."""
    return ListLock.objects.filter(agreement__isnull=True).exists()


def _in_reach(actor: Actor, roles: frozenset[Role]) -> QuerySet[Posting]:
    rows = Posting.objects.filter(area__in=reached_areas(actor.acting_as(roles)))
    return rows.select_related("area__parent")


def _pending(row: Any) -> Pending:
    place = row.area.parent.label if row.area.parent else ""
    about = f"{row.area.label} · {row.get_list_display()}"
    return Pending(row.pk, about, place, since=timezone.localdate(row.since))


def lock_of(area_id: int, posted: PostedList) -> ListLock | None:
    """The lock of a village's list, once two persons agreed to it."""
    rows = ListLock.objects.filter(posting__area=area_id, posting__list=posted, agreement__isnull=False)
    return rows.select_related("agreement", "posting").order_by("-pk").first()
