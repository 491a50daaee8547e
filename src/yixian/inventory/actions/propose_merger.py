"""拟并户: propose that a household join another; it does when a second person agrees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from yixian.inventory.actions.division_words import (
    Names,
    moved_items,
    moved_members,
    require_unchanged,
    snapshot,
    word,
)
from yixian.inventory.actions.merge_households_and_items import merge_households_and_items
from yixian.inventory.actions.transfer_items import items_of
from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.actions.merge_households import check_merger
from yixian.registry.actions.propose_change import Proposal, propose_change
from yixian.registry.actions.transfer_member import current_members
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.choices import ChangeKind
from yixian.registry.models import ProposedChange
from yixian.registry.second_person import Document, TwoPersons, overtaken_where_refused, require_near_day


@transaction.atomic
def propose_merger(
    leaving_id: int,
    staying_id: int,
    relations: Mapping[int, str],
    names: Names,
    document: Document,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> ProposedChange:
    """Propose that one household in reach join another. Raises what the merger would, and what `propose_change` does."""
    require(actor, CHANGE_PROPOSERS)
    require_near_day(on, at)
    leaving, staying = get_household(actor, leaving_id), get_household(actor, staying_id)
    rows = list(current_members(leaving).select_related("person").order_by("pk"))
    check_merger(leaving, staying, relations, rows, on)
    old, new = leaving.household_no, staying.household_no
    words = [
        word(leaving, ("并入后终止", "Ends by joining"), old, new),
        word(leaving, ("从何日起", "From which day"), "", on.isoformat()),
        *moved_members(rows, relations, old, new),
        *moved_items(items_of(leaving.pk).order_by("line_no"), names, old, new),
    ]
    if leaving.bank_account or staying.bank_account:
        accounts = leaving.bank_account, staying.bank_account
        words.append(word(leaving, ("收款账户", "Account paid to"), *accounts, "account"))
    content = {
        "leaving": leaving.pk,
        "staying": staying.pk,
        "relations": [[person, relation] for person, relation in relations.items()],
        "on": on.isoformat(),
        "before": [snapshot(leaving), snapshot(staying)],
    }
    title = f"{leaving.head.name if leaving.head else ''} {old} → {new}".strip()
    proposal = Proposal(ChangeKind.MERGE, title, content, words, [leaving, staying], leaving.pk)
    return propose_change(proposal, document, actor=actor, at=at)


def apply_merger(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Join the households as agreed. Raises `Overtaken` as `check_merge` does."""
    check_merge(change, actor=actor, at=at)
    content = json.loads(change.content)
    leaving = change.households.get(pk=content["leaving"])
    staying = change.households.get(pk=content["staying"])
    merge_households_and_items(
        leaving.pk,
        staying.pk,
        dict(content["relations"]),
        reason=change.reason,
        on=date.fromisoformat(content["on"]),
        by=by,
        actor=actor,
        at=at,
    )


def check_merge(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` where one of the households has other people or things than when it was proposed, or has ended."""
    content = json.loads(change.content)
    leaving = change.households.get(pk=content["leaving"])
    staying = change.households.get(pk=content["staying"])
    for household, before in zip((leaving, staying), content["before"], strict=True):
        require_unchanged(household, before)
    rows = list(current_members(leaving).select_related("person").order_by("pk"))
    with overtaken_where_refused():
        check_merger(leaving, staying, dict(content["relations"]), rows, date.fromisoformat(content["on"]))
