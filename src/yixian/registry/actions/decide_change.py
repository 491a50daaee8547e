"""同意、不同意、撤回: what becomes of a proposed change. Whoever proposed it cannot agree to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.workflow import Step
from yixian.registry.change_steps import AGREE, CHANGE_PROPOSERS, OVERTAKEN, REFUSE, WITHDRAW
from yixian.registry.choices import ChangeOutcome
from yixian.registry.models import ProposedChange
from yixian.registry.queries.proposed_changes import get_change
from yixian.registry.second_person import APPLICATIONS, Overtaken, TwoPersons

_MAX_NOTE = 500


@transaction.atomic
def agree(change_id: int, *, actor: Actor, at: datetime) -> ProposedChange:
    """Let a proposal take effect, as its second person.

    One whose "before" stands no longer changes nothing and is kept as *outdated*, with what stands instead. Raises `Refused`
    for whoever proposed it and for everybody whom it is about, and what its room refuses; `NotFound` out of reach.
    """
    change = _held(AGREE, change_id, actor)
    try:
        AGREE.check(change, actor, at)
    except Refused as refused:
        if refused.key != OVERTAKEN:
            raise
        why = str(refused.params["why"])
        return _decide(change, ChangeOutcome.OUTDATED, why, AGREE.person(actor), actor, at)
    by = TwoPersons(change.proposed_by_id, AGREE.person(actor), change.document)
    try:
        with transaction.atomic():
            APPLICATIONS.load(change.kind)(change, by, actor=actor, at=at)
    except Overtaken as overtaken:
        return _decide(change, ChangeOutcome.OUTDATED, overtaken.reason, by.agreed_by, actor, at)
    return _decide(change, ChangeOutcome.AGREED, "", by.agreed_by, actor, at)


@transaction.atomic
def refuse(change_id: int, note: str, *, actor: Actor, at: datetime) -> ProposedChange:
    """Refuse a proposal for good, with the reason."""
    change = _checked(REFUSE, change_id, actor, at)
    return _decide(change, ChangeOutcome.REFUSED, _words(note), REFUSE.person(actor), actor, at)


@transaction.atomic
def withdraw(change_id: int, note: str, *, actor: Actor, at: datetime) -> ProposedChange:
    """Take one's own proposal back, with the reason."""
    change = _checked(WITHDRAW, change_id, actor, at)
    return _decide(change, ChangeOutcome.WITHDRAWN, _words(note), WITHDRAW.person(actor), actor, at)


@transaction.atomic
def mark_overtaken(change_id: int, reason: str, *, actor: Actor, at: datetime) -> None:
    """What long work found after a proposal was agreed to: it did not hold any more, and nothing of it was entered."""
    change = ProposedChange.objects.select_for_update().get(pk=change_id)
    if change.outcome == ChangeOutcome.AGREED and change.decided_by_id is not None:
        _decide(change, ChangeOutcome.OUTDATED, reason, change.decided_by_id, actor, at)


def give_way(change: ProposedChange, reason: str, *, actor: Actor, at: datetime) -> None:
    """Close a waiting proposal that can be carried out no longer, for another about the same. Call it inside a transaction."""
    _decide(change, ChangeOutcome.OUTDATED, reason, require_person(actor, CHANGE_PROPOSERS), actor, at)


def _checked(step: Step[ProposedChange], change_id: int, actor: Actor, at: datetime) -> ProposedChange:
    """The proposal, held until the transaction ends, with which the actor may take the step now."""
    change = _held(step, change_id, actor)
    step.check(change, actor, at)
    return change


def _held(step: Step[ProposedChange], change_id: int, actor: Actor) -> ProposedChange:
    """The proposal, in the reach of whoever takes the step, held until the transaction ends."""
    step.person(actor)
    get_change(actor.acting_as(step.roles), change_id)
    return ProposedChange.objects.select_for_update(of=("self",)).get(pk=change_id)


def _decide(
    change: ProposedChange, outcome: ChangeOutcome, note: str, person: int, actor: Actor, at: datetime
) -> ProposedChange:
    change.outcome, change.note = outcome, note[:_MAX_NOTE]
    change.decided_by_id, change.decided_at = person, at
    change.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
    data = {
        "kind": change.kind,
        "document": change.document,
        "proposed_by": change.proposed_by_id,
        "note": change.note,
    }
    entry = Entry(f"change.{outcome}", "proposed_change", change.pk, change.area_path, data)
    record(entry, actor=actor, at=at)
    return change


def _words(note: str) -> str:
    note = note.strip()
    if not note:
        raise Invalid("change.empty", _("This must be filled in."), field="note")
    return note
