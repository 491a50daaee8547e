"""提出变更: put a change of what money hangs on before a second person, with its document."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.registry.actions.decide_change import give_way
from yixian.registry.change_steps import CHANGE_PROPOSERS, overtaken_by
from yixian.registry.choices import ChangeKind, ChangeOutcome
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document

_BATCH = 1000


class ChangedField(TypedDict):
    """One change in words: whose, which field, from what to what. ``kind`` names what only some may read ("" for the rest)."""

    household_no: str
    field: str
    field_en: str
    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed: its kind, a title, what its room will apply (plain JSON), and the same in words."""

    kind: ChangeKind
    title: str
    content: dict[str, Any]
    words: Sequence[ChangedField]
    households: Collection[Household] = ()
    subject_id: int | None = None
    area_path: str | None = field(default=None)
    """The area that holds it all; None: the smallest that holds the households."""


@transaction.atomic
def propose_change(proposal: Proposal, document: Document, *, actor: Actor, at: datetime) -> ProposedChange:
    """Keep a proposal until a second person decides. Nothing is changed by it.

    The room that proposes has checked the content and that the households are in the actor's reach. Raises `NotPermitted`
    unless a person of the bureau asks, `Invalid` without document and reason, `Refused` if nothing would change or the same
    subject waits already. One that waits and can be carried out no longer gives way.
    """
    person = require_person(actor, CHANGE_PROPOSERS)
    document = document.checked(on=timezone.localdate(at))
    if not proposal.words:
        raise Refused("change.nothing", _("Nothing would change."))
    if proposal.subject_id is not None:
        _replace(proposal, actor, at)
    paths = [household.area_path for household in proposal.households]
    change = ProposedChange.objects.create(
        kind=proposal.kind,
        title=proposal.title[:200],
        subject_id=proposal.subject_id,
        area_path=proposal.area_path if proposal.area_path is not None else smallest_area(paths),
        document_no=document.number,
        document_date=document.dated,
        reason=document.reason,
        content=json.dumps(proposal.content, ensure_ascii=False),
        words=json.dumps(list(proposal.words), ensure_ascii=False),
        word_count=len(proposal.words),
        proposed_by_id=person,
        proposed_at=at,
    )
    change.households.add(*proposal.households)
    data = {"kind": change.kind, "document": change.document, "changes": change.word_count}
    record(Entry("change.proposed", "proposed_change", change.pk, change.area_path, data), actor=actor, at=at)
    return change


def _replace(proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Let a waiting proposal about the same subject give way if it can be carried out no longer; else raise `Refused`."""
    rows = ProposedChange.objects.select_for_update(of=("self",))
    waiting = rows.filter(
        kind=proposal.kind, subject_id=proposal.subject_id, outcome=ChangeOutcome.WAITING
    ).first()
    if waiting is None:
        return
    reason = overtaken_by(waiting, actor, at)
    if not reason:
        raise Refused("change.waits", _("This waits for a second person already."))
    give_way(waiting, reason, actor=actor, at=at)


def smallest_area(paths: Collection[str]) -> str:
    """The path of the smallest area that holds all of these; "" where only the whole register does."""
    steps = zip(*(path_chain(path) for path in paths), strict=False)
    shared = [step[0] for step in steps if len(set(step)) == 1]
    return shared[-1] if shared else ""
