"""登记核算事实: enter, correct or take back the facts that the pack asks of one household and its items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.fact_values import FactFault, fact_fault
from yixian.inventory.models import HouseholdFact, InventoryItem, ItemFact
from yixian.inventory.requested_facts import requested_of_household, requested_of_item
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, YixianError
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record_many
from yixian.kernel.permission import require
from yixian.registry.access import get_household, household_scope
from yixian.registry.change_steps import CHANGE_APPLIERS
from yixian.registry.models import Household
from yixian.registry.second_person import TwoPersons


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """Which fact: its name, and the line of the item it is about; of the household itself where ``line_no`` is empty."""

    line_no: str
    name: str


class FaultyFacts(YixianError):
    """Values that cannot be; nothing was entered. ``faults`` says what is wrong with which."""

    def __init__(self, faults: Mapping[FactKey, FactFault]) -> None:
        super().__init__("facts.faulty", _("Some values cannot be. Nothing was entered."))
        self.faults = dict(faults)


@transaction.atomic
def record_facts(
    household_id: int,
    values: Mapping[FactKey, str],
    pack: Pack,
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> int:
    """Let these facts hold from a day on, as two persons have agreed; the number of those that changed. An empty value takes
    a fact back.

    What is not named stays. Raises `FaultyFacts` with every value that the pack does not take, `Invalid` without a reason
    or for a fact that the pack does not ask, `NotFound` or `NotPermitted`; then nothing has changed.
    """
    require(actor, CHANGE_APPLIERS)
    household = get_household(actor, household_id)
    return _record({household: values}, pack, reason=reason, on=on, by=by, actor=actor, at=at)


@transaction.atomic
def record_facts_of_many(
    values: Mapping[str, Mapping[FactKey, str]],
    pack: Pack,
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> int:
    """The same for many households by their numbers, all of them or none; a village in a few statements.

    Raises what `record_facts` raises, `NotFound` if one of the households is out of reach.
    """
    require(actor, CHANGE_APPLIERS)
    given = households_named(actor, values)
    return _record(given, pack, reason=reason, on=on, by=by, actor=actor, at=at)


def households_named(
    actor: Actor, values: Mapping[str, Mapping[FactKey, str]]
) -> dict[Household, Mapping[FactKey, str]]:
    """Households in reach by their numbers, with what is said of each. Raises `NotFound` if one is out of reach."""
    found = {one.household_no: one for one in household_scope(actor).filter(household_no__in=list(values))}
    if len(found) < len(values):
        raise NotFound("household.not_found", _("There is no such household."))
    return {found[number]: facts for number, facts in values.items()}


def _record(
    given: Mapping[Household, Mapping[FactKey, str]],
    pack: Pack,
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> int:
    if not reason.strip():
        raise Invalid(
            "facts.reason", _("Say where the values come from: a paper, or why they change."), field="reason"
        )
    changes, asked = changes_of(given, pack, on)
    _replace(changes, on)
    entries = []
    for household, changed in changes.items():
        fields = asked[household.pk]
        told = [
            {"field": field_name(key, fields[key]), "old": old or "—", "new": new or "—"}
            for key, (old, new) in sorted(changed.items())
        ]
        data = {"changes": told, "reason": reason.strip(), **by.as_data()}
        entries.append(Entry("facts.recorded", "household", household.pk, household.area_path, data))
    record_many(entries, actor=actor, at=at)
    return sum(len(changed) for changed in changes.values())


Changes = dict[Household, dict[FactKey, tuple[str, str]]]
"""Of each household with a change: which fact, from what to what; empty for nothing."""


def changes_of(
    given: Mapping[Household, Mapping[FactKey, str]], pack: Pack, on: date
) -> tuple[Changes, dict[int, dict[FactKey, Input]]]:
    """What would change, and what the pack asks of each household. Raises `Invalid` or `FaultyFacts`."""
    asked = requested_facts(given, pack, on)
    for household, values in given.items():
        _check(values, asked[household.pk])
    return _changes(given), asked


def requested_facts(households: Iterable[Household], pack: Pack, on: date) -> dict[int, dict[FactKey, Input]]:
    """What the pack asks about each household and the items it has on a day, by the household's id."""
    of_household = {FactKey("", name): declared for name, declared in requested_of_household(pack).items()}
    asked = {household.pk: dict(of_household) for household in households}
    rows = InventoryItem.objects.filter(in_force(on), household__in=asked)
    for household_id, line_no, code in rows.values_list("household_id", "line_no", "item_code"):
        fields = requested_of_item(pack, code).items()
        asked[household_id] |= {FactKey(line_no, name): declared for name, declared in fields}
    return asked


def _check(values: Mapping[FactKey, str], asked: Mapping[FactKey, Input]) -> None:
    for key in values:
        if key not in asked:
            raise Invalid("facts.not_asked", _("The policy pack does not ask for this fact."), field=key.name)
    found = {key: fact_fault(asked[key], value.strip()) for key, value in values.items() if value.strip()}
    faults = {key: fault for key, fault in found.items() if fault}
    if faults:
        raise FaultyFacts(faults)


def _changes(given: Mapping[Household, Mapping[FactKey, str]]) -> Changes:
    """What is said otherwise than it stands; only households with a change."""
    stands: dict[tuple[int, FactKey], str] = {}
    own = HouseholdFact.objects.filter(household__in=[one.pk for one in given], valid_until=None)
    for household_id, name, value in own.values_list("household_id", "name", "value"):
        stands[household_id, FactKey("", name)] = value
    owners = {key.line_no: one.pk for one, values in given.items() for key in values if key.line_no}
    of_items = ItemFact.objects.filter(line_no__in=list(owners), valid_until=None)
    for line_no, name, value in of_items.values_list("line_no", "name", "value"):
        stands[owners[line_no], FactKey(line_no, name)] = value
    found = {}
    for household, values in given.items():
        pairs = {key: (stands.get((household.pk, key), ""), value.strip()) for key, value in values.items()}
        changed = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        if changed:
            found[household] = changed
    return found


def _replace(changes: Mapping[Household, Mapping[FactKey, tuple[str, str]]], on: date) -> None:
    """End what stood and begin what is said now, in two statements for each fact's name."""
    lines: dict[str, list[str]] = defaultdict(list)
    homes: dict[str, list[int]] = defaultdict(list)
    for household, changed in changes.items():
        for key in changed:
            if key.line_no:
                lines[key.name].append(key.line_no)
            else:
                homes[key.name].append(household.pk)
    for name, line_nos in lines.items():
        ItemFact.objects.filter(line_no__in=line_nos, name=name, valid_until=None).update(valid_until=on)
    for name, ids in homes.items():
        HouseholdFact.objects.filter(household__in=ids, name=name, valid_until=None).update(valid_until=on)
    said = [
        (one, key, new) for one, changed in changes.items() for key, (_old, new) in changed.items() if new
    ]
    ItemFact.objects.bulk_create(
        ItemFact(line_no=key.line_no, name=key.name, value=new, valid_from=on)
        for _one, key, new in said
        if key.line_no
    )
    HouseholdFact.objects.bulk_create(
        HouseholdFact(household=one, name=key.name, value=new, valid_from=on)
        for one, key, new in said
        if not key.line_no
    )


def field_name(key: FactKey, declared: Input) -> str:
    """What a fact is called in the record: its title, and the line that it is about."""
    return f"{declared.title_zh} {key.line_no}".strip()
