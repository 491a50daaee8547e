"""交接: what is done about a household that passes to another helper, step by step, and another successor if need be."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.actions.pairing_writer import Begin, begin, end, end_stand_ins
from yixian.duty.choices import HandoverCause, HandoverStepKind, PairingPart
from yixian.duty.eligibility import Days, why_not
from yixian.duty.eligibility.distances import way
from yixian.duty.handover_steps import NOTES, SUCCESSOR, is_own
from yixian.duty.models import Handover, HandoverStep, Pairing
from yixian.duty.queries.handovers import get_handover
from yixian.duty.rule_sentences import rule_sentences
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.models import Helper, Household

_CHOSEN = gettext_noop("Chosen as the successor of your helper")
_CALLED_OFF = gettext_noop("Another successor was chosen")


@transaction.atomic
def take_step(
    handover_id: int, kind: HandoverStepKind, on: date, note: str, *, actor: Actor, at: datetime
) -> HandoverStep:
    """Note a step. The new helper accepts, the household acknowledges; planners may note either with a note of how.

    Raises `NotFound` out of reach, `Invalid` for a day to come or a missing note, `Refused` for a step that is for somebody
    else to take or was taken, and for a hand-over that was called off.
    """
    handover = _held(actor, handover_id)
    if kind not in NOTES:
        raise Invalid("handover.step", _("Choose the successor by name."), field="kind")
    NOTES[kind].moment(handover, actor, at)
    if on > timezone.localdate(at):
        raise Invalid("handover.day", _("This day is still to come."), field="on")
    if not is_own(kind, handover, actor) and not note.strip():
        raise Invalid("handover.note", _("Say why, or how it was done."), field="note")
    step = HandoverStep.objects.create(
        handover=handover, kind=kind, on=on, note=note.strip(), by_id=actor.user_id, at=at
    )
    data = {"helper": handover.pairing.helper.person.name, "step": kind.value}
    entry = Entry("handover.step", "household", handover.household_id, handover.area_path, data)
    record(entry, actor=actor, at=at)
    return step


@transaction.atomic
def choose_successor(handover_id: int, helper_id: int, note: str, *, actor: Actor, at: datetime) -> Handover:
    """Put another eligible helper in the successor's place, from today or the day of the hand-over.

    Raises `NotPermitted`, `NotFound`, `Invalid` without a note, and `Refused` with each rule that keeps them away in
    ``sentences``.
    """
    require(actor, SUCCESSOR.roles)
    handover = _held(actor, handover_id)
    if not note.strip():
        raise Invalid("handover.note", _("Say why, or how it was done."), field="note")
    helper = Helper.objects.select_related("person", "organisation", "home_area").filter(pk=helper_id).first()
    pairing = handover.pairing
    today = timezone.localdate(at)
    SUCCESSOR.moment(handover, actor, at)
    if helper is None or helper.kind != pairing.role or helper.pk == pairing.helper_id:
        raise NotFound("helper.not_found", _("There is no such helper."))
    days = Days(pairing.valid_from, pairing.valid_until).common(today, None)
    standing_in = pairing.part == PairingPart.STAND_IN
    rules = why_not(handover.household, helper, days, standing_in=standing_in)
    if rules:
        raise Refused(
            "handover.rules",
            _("They may not: a rule keeps them away."),
            sentences=list(rule_sentences(rules)),
        )
    if Pairing.objects.filter(days.overlap(), household=handover.household_id, helper=helper).exists():
        raise Refused("handover.beside", _("They stand beside this household already."))
    end_stand_ins([pairing], days.first, _CALLED_OFF, actor=actor, at=at)
    end([pairing], days.first, _CALLED_OFF, actor=actor, at=at)
    HandoverStep.objects.create(
        handover=handover,
        kind=SUCCESSOR.event,
        on=days.first,
        note=note.strip(),
        by_id=actor.user_id,
        at=at,
    )
    plan = Begin(
        handover.household,
        helper,
        way(handover.household, helper),
        days,
        HandoverCause(handover.cause),
        _CHOSEN,
        part=PairingPart(pairing.part),
        replaces=pairing,
        stands_in_for=pairing.stands_in_for,
        absence=handover.absence,
        request=handover.request,
    )
    (made,) = begin([plan], actor=actor, at=at)
    return made.handover


def _held(actor: Actor, handover_id: int) -> Handover:
    """The hand-over as it stands once nobody else changes who stands beside its household. Raises `NotFound`."""
    household_id = get_handover(actor, handover_id).household_id
    Household.objects.select_for_update().get(pk=household_id)
    return get_handover(actor, handover_id)
