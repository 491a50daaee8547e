"""更正走访记录: what was written down wrongly is written anew beside it; both stay, and the household confirms the new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotPermitted, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.models import Event
from yixian.kernel.roles import HELPER_ROLES
from yixian.registry.access import roles_reaching
from yixian.visits.access import RECORDERS, require_recorder
from yixian.visits.actions.acknowledge import readable_visit
from yixian.visits.actions.record_visit import members_on
from yixian.visits.limits import MAX_NOTE
from yixian.visits.models import Visit, VisitPresence
from yixian.visits.visit_draft import VisitDraft, require_valid


@dataclass(frozen=True, slots=True)
class VisitCorrection:
    """How it was in truth, and why it is corrected. Promises and photographs stay with the first version."""

    draft: VisitDraft
    why: str


def correct_visit(visit_id: int, correction: VisitCorrection, *, actor: Actor, at: datetime) -> Visit:
    """Write the version that takes the place of the newest one: by whoever recorded it, or by a lead or clerk.

    Raises `NotFound` out of reach, `NotPermitted` for another helper's visit, `Refused` where it was corrected already,
    `Invalid` as `record_visit` does, and without a reason.
    """
    before = readable_visit(visit_id, actor)
    household, user_id = require_recorder(actor, before.household_id)
    if before.recorded_by_id != user_id and not roles_reaching(actor, household) & (RECORDERS - HELPER_ROLES):
        raise NotPermitted("visit.not_yours", _("Only whoever recorded it, or a lead, corrects it."))
    again = Visit.objects.filter(key=correction.draft.key, corrects=before).first()
    if again is not None:
        return again
    if not correction.why.strip():
        raise Invalid("visit.why", _("Say why it is corrected."), field="why")
    if len(correction.why) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="why")
    draft, today = correction.draft, timezone.localdate(at)
    require_valid(draft, earliest=household.valid_from, today=today, members=members_on(household, draft.on))
    visit = Visit(
        household=household,
        area_path=before.area_path,
        helper_id=before.helper_id,
        recorded_by_id=user_id,
        recorded_at=at,
        key=draft.key,
        on=draft.on,
        begun=draft.begun,
        kind=draft.kind,
        others=draft.others.strip(),
        said=draft.said.strip(),
        corrects=before,
        original_id=before.first_id,
        correction=correction.why.strip(),
    )
    return _keep(visit, draft, actor, at)


def _keep(visit: Visit, draft: VisitDraft, actor: Actor, at: datetime) -> Visit:
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
            VisitPresence.objects.bulk_create(
                VisitPresence(visit=visit, person_id=person) for person in sorted(draft.present)
            )
            data = {"visit": visit.pk, "corrects": visit.corrects_id, "on": visit.on.isoformat()}
            entry = Entry(
                "visit.corrected",
                "household",
                visit.household_id,
                visit.area_path,
                data,
                _event_of(visit),
            )
            record(entry, actor=actor, at=at)
    except IntegrityError as error:
        raise Refused(
            "visit.corrected_meanwhile", _("Somebody corrected it meanwhile. Look at that first.")
        ) from error
    return visit


def _event_of(visit: Visit) -> int | None:
    """The event that recorded what is corrected."""
    rows = Event.objects.filter(subject_kind="household", subject_id=visit.household_id)
    kind = "visit.corrected" if visit.corrects and visit.corrects.corrects_id else "visit.recorded"
    for row in rows.filter(kind=kind).order_by("-pk"):
        if row.data.get("visit") == visit.corrects_id:
            return row.pk
    return None
