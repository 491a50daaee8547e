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
from yixian.kernel.permission import require_person
from yixian.policies.actions.decide_pack import decide_pack
from yixian.revisions.access import APPROVERS, DRAFTERS
from yixian.revisions.budgeting import require_budget
from yixian.revisions.choices import Stage, StepKind
from yixian.revisions.models import Revision, RevisionDraft, RevisionStep
from yixian.revisions.queries import RevisionView, draft_pack, get_revision, revision_view
from yixian.revisions.sources import decided


@transaction.atomic
def submit(revision_id: int, *, actor: Actor, at: datetime) -> RevisionStep:
    """Put the present draft before the approvers, with its comparison. From here on it cannot be changed.

    Raises `Refused` if it changes nothing, was not compared, or the register changed since it was.
    """
    person = require_person(actor, DRAFTERS)
    view = _at(revision_id, actor, {Stage.DRAFTING})
    if view.draft.sha256 == view.revision.base.sha256:
        raise Refused("revision.unchanged", _("The draft changes nothing yet."))
    if view.comparison is None:
        raise Refused("revision.not_compared", _("First see what this draft would change, for everybody."))
    if view.is_outdated:
        raise Refused("revision.outdated", _("The register changed since the comparison; compare again."))
    return _step(view, StepKind.SUBMITTED, person, actor, at)


@transaction.atomic
def return_it(revision_id: int, reason: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Give a submitted revision back to the working group, with the reason."""
    person = require_person(actor, APPROVERS)
    view = _at(revision_id, actor, {Stage.SUBMITTED, Stage.APPROVED})
    return _step(view, StepKind.RETURNED, person, actor, at, note=_words(reason, "reason"))


@transaction.atomic
def withdraw(revision_id: int, reason: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Give a revision up. What was drafted stays to be read."""
    person = require_person(actor, DRAFTERS)
    view = _at(revision_id, actor, {Stage.DRAFTING, Stage.SUBMITTED, Stage.APPROVED})
    return _step(view, StepKind.WITHDRAWN, person, actor, at, note=_words(reason, "reason"))


@transaction.atomic
def approve(revision_id: int, evidence: str, *, actor: Actor, at: datetime) -> RevisionStep:
    """Approve a submitted revision as the first of two. ``evidence`` is the comparison that the approver was shown.

    Raises `Refused` for those who drafted it, and where another comparison stands now than the one shown.
    """
    person = require_person(actor, APPROVERS)
    view = _at(revision_id, actor, {Stage.SUBMITTED})
    _require_other(view, person)
    _require_seen(view, evidence)
    return _step(view, StepKind.APPROVED, person, actor, at)


@transaction.atomic
def decide(
    revision_id: int, evidence: str, number: str, decided_on: date, *, actor: Actor, at: datetime
) -> RevisionStep:
    """Decide an approved revision as the second of two, under its document's number: from its day on it is the policy.

    Raises `Refused` for those who drafted or approved it, and where a head of the budget would not hold what the accounts
    come to under it; `Invalid` without a number or for a day that is not yet.
    """
    person = require_person(actor, APPROVERS)
    view = _at(revision_id, actor, {Stage.APPROVED})
    first = view.steps[-1].by_id
    _require_other(view, person)
    if person == first:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))
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
    adoption = decide_pack(pack, revision.area, revision.valid_from, number, first, actor=actor, at=at)
    named = {
        "number": number,
        "decided_on": decided_on,
        "pack_version": adoption.pack_version,
        "adoption": adoption,
    }
    return _step(view, StepKind.DECIDED, person, actor, at, **named)


def _at(revision_id: int, actor: Actor, stages: set[Stage]) -> RevisionView:
    get_revision(actor, revision_id)
    revision = (
        Revision.objects.select_for_update(of=("self",)).select_related("area", "base").get(pk=revision_id)
    )
    view = revision_view(revision)
    if view.stage not in stages:
        raise Refused("revision.stage", _("This is not the moment for it: the revision has moved on."))
    return view


def _require_other(view: RevisionView, person: int) -> None:
    drafters = RevisionDraft.objects.filter(revision=view.revision).values_list("saved_by_id", flat=True)
    if person in {view.revision.begun_by_id, *drafters}:
        raise Refused("revision.own", _("Whoever drafted it cannot approve it."))


def _require_seen(view: RevisionView, evidence: str) -> None:
    if view.comparison is None or view.comparison.evidence != evidence:
        raise Refused("revision.other_evidence", _("Another comparison stands now: look at it first."))


def _words(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("revision.empty", _("This must be filled in."), field=field)
    return text


def _step(
    view: RevisionView, kind: StepKind, person: int, actor: Actor, at: datetime, **named: Any
) -> RevisionStep:
    evidence = view.comparison.evidence if view.comparison else ""
    step = RevisionStep.objects.create(
        revision=view.revision, kind=kind, draft=view.draft, evidence=evidence, by_id=person, at=at, **named
    )
    data = {"title": view.revision.title_zh, "draft": view.draft.number}
    data |= {name: str(value) for name, value in named.items() if name in {"note", "number"}}
    entry = Entry(f"revision.{kind}", "revision", view.revision.pk, view.revision.area.path, data)
    record(entry, actor=actor, at=at)
    return step
