"""分户: some members of a household begin a household of their own, from a day on.

This moves people only. What the household owns moves in the same transaction by
`yixian.inventory.actions.split_household_and_items`, which is what pages and commands call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.identity import household_number
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.registry.access import get_household
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.actions.transfer_member import current_members, transfer_member
from yixian.registry.choices import Relation
from yixian.registry.models import Household
from yixian.registry.second_person import TwoPersons


@dataclass(frozen=True, slots=True)
class HouseholdSplit:
    """The two households after a split and who went."""

    old: Household
    new: Household
    moved_person_ids: tuple[int, ...]


def split_household(
    household_id: int,
    new_household_no: str,
    relations: Mapping[int, str],
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> HouseholdSplit:
    """Move members into a new household from a day on. Call it inside a transaction.

    ``relations`` maps the id of each person who goes to the relation they have in the new household; exactly one is
    its head, and the old head stays. Raises `Refused` where people would be lost, doubled or left without a head;
    `Invalid` for a number that is taken.
    """
    old = get_household(actor, household_id)
    number = new_number(old, new_household_no, relations, on=on)
    members = {row.person_id: row for row in current_members(old)}
    try:
        with transaction.atomic():
            new = _begin(old, number, on)
    except IntegrityError as error:  # somebody else gave the number to another at the same moment
        raise _taken() from error
    for person_id, relation in relations.items():
        transfer_member(members[person_id], new, relation, on)
    new.head_id = next(person for person, relation in relations.items() if relation == Relation.HEAD)
    new.save(update_fields=["head"])
    before, after = len(members), current_members(old).count() + current_members(new).count()
    if before != after:
        raise Refused(
            "split.persons",
            _("The number of people before and after the division differs. Nothing was changed."),
            before=before,
            after=after,
        )
    data = {"members": len(relations), "reason": reason, **by.as_data()}
    for kind, one, other in (("household.split_from", old, new), ("household.split_to", new, old)):
        entry = Entry(kind, "household", one.pk, one.area_path, {"household_no": other.household_no, **data})
        record(entry, actor=actor, at=at)
    reindex_households([old.pk, new.pk])
    return HouseholdSplit(old, new, tuple(sorted(relations)))


def new_number(old: Household, typed: str, relations: Mapping[int, str], *, on: date) -> str:
    """The new household's number in its plain form. Raises `Refused` or `Invalid` where the division cannot be."""
    new_no = household_number(typed)
    members = set(current_members(old).values_list("person_id", flat=True))
    if old.valid_until is not None:
        raise Refused("split.ended", _("This household has ended."))
    if not new_no or Household.objects.filter(household_no=new_no).exists():
        raise _taken()
    if not relations or any(person not in members for person in relations):
        raise Invalid("split.members", _("Choose at least one member of this household."), field="members")
    if old.head_id in relations:
        raise Refused("split.head", _("The head stays: choose those who leave."))
    if list(relations.values()).count(Relation.HEAD) != 1:
        raise Invalid("split.new_head", _("Exactly one of those who leave is the new head."), field="members")
    if on < old.valid_from:
        raise Invalid("split.date", _("The day lies before the household's own beginning."), field="on")
    return new_no


def _taken() -> Invalid:
    return Invalid("split.number", _("This household number is empty or taken."), field="household_no")


def _begin(old: Household, number: str, on: date) -> Household:
    return Household.objects.create(
        household_no=number,
        area=old.area,
        area_path=old.area_path,
        host_area=old.host_area,
        zone=old.zone,
        address=old.address,
        lon=old.lon,
        lat=old.lat,
        language=old.language,
        difficulty=old.difficulty,
        valid_from=on,
    )
