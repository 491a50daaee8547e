"""拟分户: propose that a household be divided; it is when a second person agrees."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from yixian.inventory.actions.split_household_and_items import owned_items, split_household_and_items
from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.actions.propose_change import Proposal, propose_change
from yixian.registry.actions.split_household import new_number
from yixian.registry.actions.transfer_member import current_members
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.choices import ChangeKind
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document, TwoPersons, overtaken_where_refused, require_near_day


@dataclass(frozen=True, slots=True)
class Division:
    """Who (person id → relation in the new household) and which items (ids) begin a household of their own from a day on."""

    household_no: str
    relations: Mapping[int, str]
    item_ids: Collection[int]
    on: date


@transaction.atomic
def propose_split(
    household_id: int, division: Division, names: Names, document: Document, *, actor: Actor, at: datetime
) -> ProposedChange:
    """Propose the division of a household in reach. Raises what the division itself would, and what `propose_change` does."""
    require(actor, CHANGE_PROPOSERS)
    require_near_day(division.on, at)
    old = get_household(actor, household_id)
    number = new_number(old, division.household_no, division.relations, on=division.on)
    moved = owned_items(old, division.item_ids).order_by("line_no")
    rows = current_members(old).select_related("person").order_by("pk")
    words = [
        word(old, ("分出新户", "New household divided off"), "", number),
        word(old, ("从何日起", "From which day"), "", division.on.isoformat()),
        *moved_members(rows, division.relations, old.household_no, number),
        *moved_items(moved, names, old.household_no, number),
    ]
    content = {
        "household_no": number,
        "relations": [[person, relation] for person, relation in division.relations.items()],
        "lines": [item.line_no for item in moved],
        "on": division.on.isoformat(),
        "before": snapshot(old),
    }
    title = f"{old.head.name if old.head else ''} {old.household_no} → {number}".strip()
    proposal = Proposal(ChangeKind.SPLIT, title, content, words, [old], old.pk)
    return propose_change(proposal, document, actor=actor, at=at)


def apply_split(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Divide the household as agreed. Raises `Overtaken` as `check_split` does."""
    check_split(change, actor=actor, at=at)
    content = json.loads(change.content)
    old: Household = change.households.get()
    items = old.items.filter(valid_until=None, line_no__in=content["lines"])
    split_household_and_items(
        old.pk,
        content["household_no"],
        dict(content["relations"]),
        list(items.values_list("pk", flat=True)),
        reason=change.reason,
        on=date.fromisoformat(content["on"]),
        by=by,
        actor=actor,
        at=at,
    )


def check_split(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` where the household has other people or things than when its division was proposed, or the new
    household's number is taken by now.
    """
    content = json.loads(change.content)
    old: Household = change.households.get()
    require_unchanged(old, content["before"])
    with overtaken_where_refused():
        new_number(
            old, content["household_no"], dict(content["relations"]), on=date.fromisoformat(content["on"])
        )
