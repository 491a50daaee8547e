"""提请入库: put a checked workbook before a second person, for what in it decides what is paid or to whom."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.jobs import ask
from yixian.registry.actions.propose_change import Proposal, propose_change
from yixian.registry.choices import ChangeKind
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document, Overtaken, TwoPersons
from yixian.workbook.access import as_keeper
from yixian.workbook.actions.commit import differs
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.queries import get_batch


@transaction.atomic
def propose_batch(
    batch_id: int, document: Document, *, partial: bool = False, actor: Actor, at: datetime
) -> ProposedChange:
    """Propose that a checked workbook be entered, whole or without its faulty rows. Nothing is entered yet.

    Whoever reaches all known households of which something changes that decides what is paid may agree; with new households or
    helpers among them, whoever reaches all that its proposer reaches.

    Raises `Refused` if it does not wait, has faults (unless ``partial``), or holds nothing that needs a second person, `NotFound`
    for a batch out of the actor's sight, and what `propose_change` raises.
    """
    as_keeper(actor)
    batch = get_batch(actor, batch_id)
    if batch.state not in {BatchState.CHECKED, BatchState.FAULTY}:
        raise Refused("import.not_checked", _("This workbook is not waiting to be entered."))
    if batch.state == BatchState.FAULTY and not partial:
        raise Refused("import.faulty", _("The workbook has errors: nothing was entered."))
    if not batch.money:
        raise Refused("import.one_person", _("Nothing in it needs a second person: enter it."))
    kept = json.loads(batch.money)
    is_of_known = all(word["household_no"] in set(kept["households"]) for word in kept["words"])
    proposal = Proposal(
        ChangeKind.WORKBOOK,
        batch.file_name,
        {"partial": partial, "digest": batch.summary["digest"]},
        kept["words"],
        Household.objects.filter(household_no__in=kept["households"]),
        subject_id=batch.pk,
        area_path=None if is_of_known else batch.area_path,
    )
    return propose_change(proposal, document, actor=actor, at=at)


def enter_agreed(change: ProposedChange, _by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Ask for the entry of an agreed workbook: long work, which checks once more and tells if the register went on."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=change.subject_id or 0)
    check_batch(change, actor=actor, at=at)
    ask("workbook.commit", {"batch_id": batch.pk, "change_id": change.pk}, actor=actor, at=at)


def check_batch(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` where the workbook waits no longer, or was checked once more with another outcome."""
    batch = ImportBatch.objects.get(pk=change.subject_id or 0)
    if batch.state not in {BatchState.CHECKED, BatchState.FAULTY}:
        raise Overtaken(str(_("This workbook is not waiting to be entered.")))
    if batch.summary["digest"] != json.loads(change.content)["digest"]:
        raise Overtaken(differs().sentence)
