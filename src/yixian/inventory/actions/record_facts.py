"""登记核算事实: enter, correct or take back the facts that the pack asks of one household and its items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.fact_values import FactFault, fact_fault
from yixian.inventory.asked import asked_of_household, asked_of_item
from yixian.inventory.models import HouseholdFact, InventoryItem, ItemFact
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, YixianError
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.registry.access import get_household
from yixian.registry.actions.permission import require_register_editor
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """Which fact: its name, and the line of the item it is about; of the household itself where ``line_no`` is empty."""

    line_no: str
    name: str


class FaultyFacts(YixianError):
    """Values that cannot be; nothing was entered. ``faults`` says what is wrong with which."""

    def __init__(self, faults: Mapping[FactKey, FactFault]) -> None:
        super().__init__("facts.faulty", "Some values cannot be. Nothing was entered.")
        self.faults = dict(faults)


@transaction.atomic
def record_facts(
    household_id: int,
    values: Mapping[FactKey, str],
    pack: Pack,
    *,
    reason: str,
    on: date,
    actor: Actor,
    at: datetime,
) -> int:
    """Let these facts hold from a day on; the number of those that changed. An empty value takes a fact back.

    What is not named stays. Raises `FaultyFacts` with every value that the pack does not take, `Invalid` without a reason
    or for a fact that the pack does not ask, `NotFound` or `NotPermitted`; then nothing has changed.
    """
    require_register_editor(actor)
    household = get_household(actor, household_id)
    if not reason.strip():
        raise Invalid(
            "facts.reason", "Say where the values come from: a paper, or why they change.", field="reason"
        )
    asked = _asked(household, pack, on)
    _check(values, asked)
    changes = _changes(household, values)
    for key, (_old, new) in changes.items():
        _replace(household, key, new, on)
    if changes:
        told = [
            {"field": _field(key, asked[key]), "old": old or "—", "new": new or "—"}
            for key, (old, new) in sorted(changes.items())
        ]
        data = {"changes": told, "reason": reason.strip()}
        record(
            Entry("facts.recorded", "household", household.pk, household.area_path, data), actor=actor, at=at
        )
    return len(changes)


def _asked(household: Household, pack: Pack, on: date) -> dict[FactKey, Input]:
    asked = {FactKey("", name): declared for name, declared in asked_of_household(pack).items()}
    rows = InventoryItem.objects.filter(in_force(on), household=household)
    for line_no, code in rows.values_list("line_no", "item_code"):
        asked |= {FactKey(line_no, name): declared for name, declared in asked_of_item(pack, code).items()}
    return asked


def _check(values: Mapping[FactKey, str], asked: Mapping[FactKey, Input]) -> None:
    for key in values:
        if key not in asked:
            raise Invalid("facts.not_asked", "The policy pack does not ask for this fact.", field=key.name)
    found = {key: fact_fault(asked[key], value.strip()) for key, value in values.items() if value.strip()}
    faults = {key: fault for key, fault in found.items() if fault}
    if faults:
        raise FaultyFacts(faults)


def _changes(household: Household, values: Mapping[FactKey, str]) -> dict[FactKey, tuple[str, str]]:
    """What is said otherwise than it stands: (old, new), empty for nothing."""
    own = HouseholdFact.objects.filter(household=household, valid_until=None)
    lines = {key.line_no for key in values if key.line_no}
    of_items = ItemFact.objects.filter(line_no__in=lines, valid_until=None)
    stands = {FactKey("", row.name): row.value for row in own}
    stands |= {FactKey(row.line_no, row.name): row.value for row in of_items}
    given = {key: (stands.get(key, ""), value.strip()) for key, value in values.items()}
    return {key: pair for key, pair in given.items() if pair[0] != pair[1]}


def _replace(household: Household, key: FactKey, value: str, on: date) -> None:
    if key.line_no:
        ItemFact.objects.filter(line_no=key.line_no, name=key.name, valid_until=None).update(valid_until=on)
        if value:
            ItemFact.objects.create(line_no=key.line_no, name=key.name, value=value, valid_from=on)
        return
    HouseholdFact.objects.filter(household=household, name=key.name, valid_until=None).update(valid_until=on)
    if value:
        HouseholdFact.objects.create(household=household, name=key.name, value=value, valid_from=on)


def _field(key: FactKey, declared: Input) -> str:
    return f"{declared.title_zh} {key.line_no}".strip()
