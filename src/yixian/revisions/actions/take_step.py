"""办理: submit a revision, return it, withdraw it, and approve it by two people, the second of whom decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import PackErrors
from yixian.engines.entitlements.pack_files import read_pack
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.workflow import Step
from yixian.policies.actions.decide_pack import decide_pack
from yixian.revisions.budgeting import require_budget
from yixian.revisions.models import Revision, RevisionStep
from yixian.revisions.queries import draft_pack, get_revision, revision_view
from yixian.revisions.revision_read_models import RevisionView
from yixian.revisions.sources import decided
from yixian.revisions.steps import APPROVE, DECIDE, RETURN, SUBMIT, WITHDRAW


@transaction.atomic
def submit(revision_id: int, *, actor: Actor, at: datetime) -> RevisionStep:
    """Put the present draft before the approvers, with its comparison. From here on it cannot be changed.

    Raises `Refused` if it changes nothing, was not compared, or the register changed since it was.
    """
    return record_step(SUBMIT, checked(SUBMIT, revision_id, actor, at), actor, at)


@transaction.atomic
def return_it(revision_id: int, reason: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Give a submitted revision back to the working group, with the reason."""
    view = checked(RETURN, revision_id, actor, at)
    return record_step(RETURN, view, actor, at, note=_words(reason, "reason"))


@transaction.atomic
def withdraw(revision_id: int, reason: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Give a revision up. What was drafted stays to be read."""
    view = checked(WITHDRAW, revision_id, actor, at)
    return record_step(WITHDRAW, view, actor, at, note=_words(reason, "reason"))


@transaction.atomic
def approve(revision_id: int, evidence: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Approve a submitted revision as the first of two. ``evidence`` is the comparison that the approver was shown.

    Raises `Refused` for those who drafted it, and where another comparison stands now than the one shown.
    """
    view = checked(APPROVE, revision_id, actor, at)
    _require_seen(view, evidence)
    return record_step(APPROVE, view, actor, at)


@transaction.atomic
def decide(
    revision_id: int, evidence: str, number: str, decided_on: date, *, actor: Actor, at: datetime
) -> RevisionStep:
    """Decide an approved revision as the second of two, under its document's number: from its day on it is the policy.

    Raises `Refused` for those who drafted or approved it, and where a head of the budget would not hold what the accounts
    come to under it; `Invalid` without a number or for a day that is not yet.
    """
    view = checked(DECIDE, revision_id, actor, at)
    _require_seen(view, evidence)
    require_budget(view, on=timezone.localdate(at))
    number = _words(number, "number")
    if decided_on > timezone.localdate(at):
        raise Invalid("revision.future", _("The day lies ahead."), field="decided_on")
    revision = view.revision
    try:
        pack = read_pack(decided(dict(draft_pack(view.draft).sources), number, decided_on))
    except PackErrors as error:
        raise Refused(
            "revision.unsound", _("With this number and day the pack does not hold together.")
        ) from error
    first = view.steps[-1].by_id
    adoption = decide_pack(pack, revision.area, revision.valid_from, number, first, actor=actor, at=at)
    named = {
        "number": number,
        "decided_on": decided_on,
        "pack_version": adoption.pack_version,
        "adoption": adoption,
    }
    return record_step(DECIDE, view, actor, at, **named)


def checked(step: Step[RevisionView], revision_id: int, actor: Actor, at: datetime) -> RevisionView:
    """The revision, held until the transaction ends, with which the actor may take the step now. Raises as `Step.check`."""
    step.person(actor)
    get_revision(actor.acting_as(step.roles), revision_id)
    revision = (
        Revision.objects.select_for_update(of=("self",)).select_related("area", "base").get(pk=revision_id)
    )
    view = revision_view(revision)
    step.check(view, actor, at)
    return view


def _require_seen(view: RevisionView, evidence: str) -> None:
    if view.comparison is None or view.comparison.evidence != evidence:
        raise Refused("revision.other_evidence", _("Another comparison stands now: look at it first."))


def _words(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("revision.empty", _("This must be filled in."), field=field)
    return text


def record_step(
    step: Step[RevisionView], view: RevisionView, actor: Actor, at: datetime, **named: Any
) -> RevisionStep:
    """Write the step and the ledger's entry."""
    evidence = view.comparison.evidence if view.comparison else ""
    person = step.person(actor)
    row = RevisionStep.objects.create(
        revision=view.revision,
        kind=step.event,
        draft=view.draft,
        evidence=evidence,
        by_id=person,
        at=at,
        **named,
    )
    data = {"title": view.revision.title_zh, "draft": view.draft.number}
    data |= {name: str(value) for name, value in named.items() if name in {"note", "number"}}
    entry = Entry(f"revision.{step.event}", "revision", view.revision.pk, view.revision.area.path, data)
    record(entry, actor=actor, at=at)
    return row
