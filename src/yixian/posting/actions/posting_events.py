"""公示事件: writes one event of a posting, if its course allows it there, with the ledger's entry."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import PostingEvent as CourseEvent
from yixian.domain.procedure.posting import posting_course
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.posting.models import Posting, PostingEvent
from yixian.posting.posting_rules import calendar, events_of, procedure_of

_REFUSALS: dict[str, str | Promise] = {
    "state": _("This cannot happen to the list as it stands now."),
    "few_proofs": _("It has too few photographs that show it hanging."),
    "no_objection": _("No objection waits for this."),
    "order": _("This would come before what happened last."),
}


def locked_posting(posting_id: int) -> Posting:
    """The posting, held until the end of the transaction: its events come one after another."""
    return Posting.objects.select_for_update(of=("self",)).select_related("area").get(pk=posting_id)


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
    fault = posting_course(procedure_of(posting), calendar(), [*before, event], at).fault
    if fault is not None:
        raise Refused(f"posting.{fault.rule}", _REFUSALS.get(fault.rule, _REFUSALS["state"]))
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
