"""确认走访: the household confirms what was written down, with its PIN or its name on the screen; or it is said why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.registry.actions.open_card import prove_pin
from yixian.visits.access import require_recorder
from yixian.visits.choices import AcknowledgementWay
from yixian.visits.limits import MAX_NOTE
from yixian.visits.models import Visit, VisitAcknowledgement
from yixian.visits.strokes import path_of


@dataclass(frozen=True, slots=True)
class AcknowledgementInput:
    """How a visit is confirmed: the card's PIN with where it is typed, the strokes of a signature as JSON, or why not."""

    way: str
    pin: str = ""
    source: str = ""
    strokes: str = ""
    why_not: str = ""


def acknowledge(
    visit_id: int, confirming: AcknowledgementInput, *, actor: Actor, at: datetime
) -> VisitAcknowledgement:
    """Record the household's confirmation of the version in force, or that it did not confirm.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Refused` for a version that is confirmed or was
    corrected since, `TooManyGuesses` while the card is locked, `Invalid` for a wrong PIN, no signature, no reason.
    """
    visit = readable_visit(visit_id, actor)
    _household, user_id = require_recorder(actor, visit.household_id)
    if visit.acknowledgements.exclude(way=AcknowledgementWay.NONE).exists():
        raise Refused("visit.confirmed", _("The household has confirmed this already."))
    if hasattr(visit, "corrected_by"):
        raise Refused(
            "visit.corrected", _("This was corrected since: have the household confirm the correction.")
        )
    row = VisitAcknowledgement(visit=visit, way=confirming.way, by_id=user_id, at=at)
    if confirming.way == AcknowledgementWay.PIN:
        _prove(visit, confirming, at)
    elif confirming.way == AcknowledgementWay.SIGNATURE:
        row.strokes = path_of(confirming.strokes)
    elif confirming.way == AcknowledgementWay.NONE:
        row.why_not = _reason(confirming.why_not)
    else:
        raise Invalid("visit.way", _("Choose how the household confirmed it."), field="way")
    return _keep(row, visit, actor, at)


def readable_visit(visit_id: int, actor: Actor) -> Visit:
    """A visit to a household in reach. Raises `NotFound` for any other."""
    visit = Visit.objects.select_related("household").filter(pk=visit_id).first()
    if visit is None:
        raise NotFound("visit.not_found", _("There is no such visit."))
    try:
        require_recorder(actor, visit.household_id)
    except NotFound as error:
        raise NotFound("visit.not_found", _("There is no such visit.")) from error
    return visit


def _prove(visit: Visit, confirming: AcknowledgementInput, at: datetime) -> None:
    """The PIN, slowed down like every guess; outside a transaction, so that a wrong one is counted."""
    try:
        prove_pin(visit.household_id, confirming.pin, source=confirming.source, at=at)
    except NotFound as error:
        raise Invalid(
            "card.wrong_pin", _("The PIN is wrong, or the household has no card."), field="pin"
        ) from error


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid("visit.why_not", _("Say why it was not confirmed."), field="why_not")
    if len(text) > MAX_NOTE:
        raise Invalid(
            "visit.note_long", _("This is too long: a thousand characters at most."), field="why_not"
        )
    return text.strip()


def _keep(row: VisitAcknowledgement, visit: Visit, actor: Actor, at: datetime) -> VisitAcknowledgement:
    kind = "visit.unconfirmed" if row.way == AcknowledgementWay.NONE else "visit.confirmed"
    entry = Entry(kind, "household", visit.household_id, visit.area_path, {"visit": visit.pk, "way": row.way})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(entry, actor=actor, at=at)
    except IntegrityError as error:
        raise Refused("visit.confirmed", _("The household has confirmed this already.")) from error
    return row
