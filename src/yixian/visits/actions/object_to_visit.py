"""提出异议: the household says that something was not so; its words stand beside the record and are never taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.visits.access import require_household
from yixian.visits.limits import MAX_NOTE
from yixian.visits.models import Visit, VisitObjection

_MAX = 10
"""Objections to one visit; more are said in person."""


@transaction.atomic
def object_to_visit(visit_id: int, words: str, *, actor: Actor, at: datetime) -> VisitObjection:
    """Write down what the household says was not so. Raises `NotFound` for a visit to anybody else, `Invalid` without words."""
    visit = Visit.objects.select_for_update().filter(pk=visit_id).first()
    if visit is None:
        raise NotFound("visit.not_found", _("There is no such visit."))
    try:
        require_household(actor, visit.household_id)
    except NotFound as error:
        raise NotFound("visit.not_found", _("There is no such visit.")) from error
    if not words.strip():
        raise Invalid("visit.objection", _("Please say what was not so."), field="words")
    if len(words) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="words")
    latest = visit.objections.order_by("-pk").first()
    if latest is not None and latest.words == words.strip():
        return latest
    if visit.objections.count() >= _MAX:
        raise Refused(
            "visit.objections", _("You have written this ten times: please ring the township instead.")
        )
    row = VisitObjection(visit=visit, words=words.strip(), at=at)
    row.save(force_insert=True)
    entry = Entry("visit.objected", "household", visit.household_id, visit.area_path, {"visit": visit.pk})
    record(entry, actor=actor, at=at)
    return row
