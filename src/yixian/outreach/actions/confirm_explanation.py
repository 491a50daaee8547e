"""确认讲解: the household confirms that its account was explained and its questions answered; or it is said why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.outreach.choices import ConfirmationWay
from yixian.outreach.explanation_state import has_something_to_confirm
from yixian.outreach.limits import MAX_NAME, MAX_NOTE
from yixian.outreach.models import Explanation, ExplanationConfirmation
from yixian.registry.actions.open_card import prove_pin
from yixian.visits.access import require_household, require_recorder
from yixian.visits.strokes import path_of


@dataclass(frozen=True, slots=True)
class ConfirmationInput:
    """How it is confirmed: the card's PIN with where it is typed, strokes of a signature as JSON, who attests it, or why not."""

    way: str
    pin: str = ""
    source: str = ""
    strokes: str = ""
    attested_by: str = ""
    why_not: str = ""


def confirm_explanation(
    explanation_id: int, confirming: ConfirmationInput, *, actor: Actor, at: datetime
) -> ExplanationConfirmation:
    """Record the household's confirmation before whoever explained it, or that it did not confirm.

    It also confirms every answer that was given until then. Raises `NotFound` out of reach, `NotPermitted` without the role,
    `Refused` for a superseded version or where nothing new is to be confirmed, `TooManyGuesses` while the card is
    locked, `Invalid` for a wrong PIN, no signature, nobody who attests it, no reason.
    """
    explanation = explanation_to_change(explanation_id, actor)
    _household, user_id = require_recorder(actor, explanation.household_id)
    _require_open(explanation)
    row = ExplanationConfirmation(explanation=explanation, way=confirming.way, by_id=user_id, at=at)
    if confirming.way == ConfirmationWay.PIN:
        _prove(explanation, confirming, at)
    elif confirming.way == ConfirmationWay.SIGNATURE:
        row.strokes = path_of(confirming.strokes)
    elif confirming.way == ConfirmationWay.ATTESTED:
        row.attested_by = _attesting(confirming.attested_by)
    elif confirming.way == ConfirmationWay.NONE:
        row.why_not = _reason(confirming.why_not)
    else:
        raise Invalid("visit.way", _("Choose how the household confirmed it."), field="way")
    return _keep(row, actor, at)


def confirm_own_explanation(explanation_id: int, *, actor: Actor, at: datetime) -> ExplanationConfirmation:
    """The household confirms on its own pages. Raises `NotFound` for anybody else's, `Refused` as `confirm_explanation`."""
    explanation = own_explanation(explanation_id, actor)
    _require_open(explanation)
    row = ExplanationConfirmation(explanation=explanation, way=ConfirmationWay.PORTAL, at=at)
    return _keep(row, actor, at)


def explanation_to_change(explanation_id: int, actor: Actor) -> Explanation:
    """An explanation to a household in reach. Raises `NotFound` for any other."""
    row = Explanation.objects.select_related("household", "statement").filter(pk=explanation_id).first()
    try:
        require_recorder(actor, row.household_id if row else 0)
    except NotFound as error:
        raise _unknown() from error
    if row is None:
        raise _unknown()
    return row


def own_explanation(explanation_id: int, actor: Actor) -> Explanation:
    """An explanation to the household that speaks for itself. Raises `NotFound` for any other."""
    row = Explanation.objects.select_related("household", "statement").filter(pk=explanation_id).first()
    try:
        require_household(actor, row.household_id if row else 0)
    except NotFound as error:
        raise _unknown() from error
    if row is None:
        raise _unknown()
    return row


def _unknown() -> NotFound:
    return NotFound("explanation.not_found", _("There is no such explanation."))


def _require_open(explanation: Explanation) -> None:
    if not explanation.statement.is_current:
        raise Refused(
            "explanation.superseded",
            _("There is another version of the account since: that one is to be explained and confirmed."),
        )
    if explanation.objections.filter(never_held=True).exists():
        raise Refused(
            "explanation.denied",
            _("The household says that this explanation never took place. Explain the account anew."),
        )
    if not has_something_to_confirm(explanation):
        raise Refused("explanation.confirmed", _("The household has confirmed this already."))


def _prove(explanation: Explanation, confirming: ConfirmationInput, at: datetime) -> None:
    """The PIN, slowed down like every guess; outside a transaction, so that a wrong one is counted."""
    try:
        prove_pin(explanation.household_id, confirming.pin, source=confirming.source, at=at)
    except NotFound as error:
        raise Invalid(
            "card.wrong_pin", _("The PIN is wrong, or the household has no card."), field="pin"
        ) from error


def _attesting(text: str) -> str:
    if not text.strip():
        raise Invalid("explanation.attested_by", _("Say who was there and attests it."), field="attested_by")
    if len(text) > MAX_NAME:
        raise Invalid("explanation.long_name", _("A name has sixty characters at most."), field="attested_by")
    return text.strip()


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid("visit.why_not", _("Say why it was not confirmed."), field="why_not")
    if len(text) > MAX_NOTE:
        raise Invalid(
            "visit.note_long", _("This is too long: a thousand characters at most."), field="why_not"
        )
    return text.strip()


@transaction.atomic
def _keep(row: ExplanationConfirmation, actor: Actor, at: datetime) -> ExplanationConfirmation:
    Explanation.objects.select_for_update().get(pk=row.explanation_id)
    if row.way != ConfirmationWay.NONE:
        _require_open(row.explanation)
    row.save(force_insert=True)
    kind = "explanation.unconfirmed" if row.way == ConfirmationWay.NONE else "explanation.confirmed"
    data = {"explanation": row.explanation_id, "way": row.way}
    entry = Entry(kind, "household", row.explanation.household_id, row.explanation.area_path, data)
    record(entry, actor=actor, at=at)
    return row
