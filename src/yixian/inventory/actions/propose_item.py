"""拟更正实物: propose what a line of the survey is from now on; it holds when a second person agrees."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from yixian.inventory.actions.correct_item import ItemCorrection, correct_item, corrected_values
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.actions.propose_change import ChangedField, Proposal, propose_change
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.choices import ChangeKind
from yixian.registry.models import ProposedChange
from yixian.registry.second_person import Document, Overtaken, TwoPersons

_FIELDS = (
    ("item_code", "指标代码", "Item code"),
    ("quantity", "数量", "Quantity"),
    ("place", "位置", "Place"),
)


@transaction.atomic
def propose_item(
    household_id: int,
    correction: ItemCorrection,
    document: Document,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> ProposedChange:
    """Propose a correction of a line of a household in reach from a day on.

    Raises `NotFound` for a line that the household does not have, what `corrected_values` raises of one that cannot be,
    and what `propose_change` raises.
    """
    require(actor, CHANGE_PROPOSERS)
    household = get_household(actor, household_id)
    item = InventoryItem.objects.filter(
        household=household, valid_until=None, line_no=correction.line_no
    ).first()
    if item is None:
        raise NotFound("item.not_found", _("The household has no such line."))
    before, after = _current_values(item), _values(*corrected_values(item, correction))
    words: list[ChangedField] = [
        {
            "household_no": household.household_no,
            "field": f"{item.line_no} {zh}",
            "field_en": f"{item.line_no} {en}",
            "old": before[name],
            "new": after[name],
            "kind": "",
        }
        for name, zh, en in _FIELDS
        if after[name] != before[name]
    ]
    content = {"on": on.isoformat(), "before": before, "correction": asdict(correction)}
    title = f"{household.head.name if household.head else ''} {item.line_no}".strip()
    proposal = Proposal(ChangeKind.ITEM, title, content, words, [household])
    return propose_change(proposal, document, actor=actor, at=at)


def apply_item(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Correct the line as agreed. Raises `Overtaken` where it stands otherwise than was proposed."""
    check_item(change, actor=actor, at=at)
    content = json.loads(change.content)
    correction, on = ItemCorrection(**content["correction"]), date.fromisoformat(content["on"])
    household = change.households.get()
    correct_item(household.pk, correction, reason=change.reason, on=on, by=by, actor=actor, at=at)


def check_item(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` where the line stands otherwise than was proposed."""
    content = json.loads(change.content)
    correction, before = ItemCorrection(**content["correction"]), content["before"]
    household = change.households.get()
    item = InventoryItem.objects.filter(
        household=household, valid_until=None, line_no=correction.line_no
    ).first()
    stands = _current_values(item) if item else {}
    for name, _zh, _en in _FIELDS:
        if stands.get(name) != before[name]:
            told = {
                "place": correction.line_no,
                "old": before[name] or "—",
                "stands": stands.get(name) or "—",
            }
            raise Overtaken(
                _("%(place)s: “%(old)s” was to be changed, but “%(stands)s” stands there now.") % told
            )


def _current_values(item: InventoryItem) -> dict[str, str]:
    return _values(item.item_code, item.quantity, item.place)


def _values(code: str, quantity: Decimal, place: str) -> dict[str, str]:
    return {"item_code": code, "quantity": f"{quantity.normalize():f}", "place": place}
