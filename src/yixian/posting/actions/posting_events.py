"""公示事件: writes one event of a posting, if its course allows it there, with the ledger's entry."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure import UnknownYear
from yixian.domain.procedure.posting import CONFIRMED, posting_course
from yixian.domain.procedure.posting import PostingEvent as CourseEvent
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.workflow import Step
from yixian.posting.models import Posting, PostingEvent
from yixian.posting.posting_rules import calendar, events_of, procedure_of
from yixian.posting.queries import PostingView, get_posting, posting_view

_REFUSALS: dict[str, str | Promise] = {
    "state": _("This cannot happen to the list as it stands now."),
    "few_proofs": _("It has too few photographs that show it hanging."),
    "no_objection": _("No objection waits for this."),
    "may_object": _("One may still object to this list: wait until that time is over."),
    "order": _("This would come before what happened last."),
}


def taking_step(step: Step[PostingView], posting_id: int, *, actor: Actor, at: datetime) -> Posting:
    """The posting of a step, held until the end of the transaction: its events come one after another.

    Raises `NotPermitted` without the role, `NotFound` out of reach, `Refused` where it is not the step's turn.
    """
    step.person(actor)
    get_posting(actor.acting_as(step.roles), posting_id)
    posting = Posting.objects.select_for_update(of=("self",)).select_related("area").get(pk=posting_id)
    step.check(posting_view(posting, at=at), actor, at)
    return posting


def add_event(
    posting: Posting,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    place: str = "",
    reason: str = "",
    photograph: bytes = b"",
    data: dict[str, object] | None = None,
) -> PostingEvent:
    """Write an event. Raises `Refused` where the posting's course does not allow it."""
    before = events_of(posting)
    seq = len(before) + 1
    event = CourseEvent(seq, at, kind, posting.list, posting.round, reason)
    rule = _fault(posting, [*before, event])
    if rule:
        raise Refused(f"posting.{rule}", _REFUSALS.get(rule, _REFUSALS["state"]))
    row = PostingEvent(
        posting=posting, seq=seq, kind=kind, at=at, place=place, reason=reason, by_id=actor.user_id
    )
    if photograph:
        row.photograph.save(f"{posting.pk}-{seq}.jpg", ContentFile(photograph), save=False)
    row.save(force_insert=True)
    values = {"list": posting.list, "round": posting.round, "place": place, "reason": reason, **(data or {})}
    entry = Entry(f"posting.{kind}", "posting", posting.pk, posting.area_path, values)
    record(entry, actor=actor, at=at)
    return row


def _fault(posting: Posting, events: list[CourseEvent]) -> str:
    """The rule that the last of these events breaks, "" if none: asked of the latest moment."""
    procedure, latest = procedure_of(posting), max(event.at for event in events)
    try:
        fault = posting_course(procedure, calendar(), events, latest).fault
        before = posting_course(procedure, calendar(), events[:-1], latest)
    except UnknownYear as error:
        words = _("The workdays of %(year)s are not known yet: no last day can be told.")
        raise Refused("posting.unknown_year", words, year=error.year) from error
    if fault is not None:
        return fault.rule
    may_object = any(clock.id == "objection" and latest < clock.due_at for clock in before.clocks)
    return "may_object" if may_object and events[-1].kind == CONFIRMED else ""
