"""分户、并户的前后: who and what passes from one household to another, as a second person reads it, and what stood before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from yixian.inventory.actions.transfer_items import items_of
from yixian.inventory.models import InventoryItem
from yixian.registry.actions.propose_change import ChangedField
from yixian.registry.actions.transfer_member import current_members
from yixian.registry.choices import Relation
from yixian.registry.models import Household, HouseholdMember
from yixian.registry.second_person import Overtaken

Names = Mapping[str, tuple[str, str]]
"""By an item's code, its name in Chinese and in English, as the policy in force says; of others the code is shown."""


def snapshot(household: Household) -> dict[str, Any]:
    """Whom and what the household has, as plain JSON, to be compared when a second person agrees."""
    members = current_members(household).order_by("person_id").values_list("person_id", "relation")
    items = items_of(household.pk).order_by("line_no").values_list("line_no", "item_code", "quantity")
    return {
        "members": [[person, relation] for person, relation in members],
        "items": [[line, code, f"{quantity:f}"] for line, code, quantity in items],
        "bank": household.bank_index,
    }


def require_unchanged(household: Household, before: Mapping[str, Any]) -> None:
    """Raise `Overtaken` where the household has other people or things by now, or another account."""
    if snapshot(household) != before:
        raise Overtaken(
            _(
                "Household %(number)s has other members, things or another account now than when this was proposed."
            )
            % {"number": household.household_no}
        )


def moved_members(
    rows: Iterable[HouseholdMember], relations: Mapping[int, str], old: str, new: str
) -> Iterator[ChangedField]:
    """Each member who goes: from which household to which, and what they become there."""
    for row in rows:
        if row.person_id in relations:
            zh, en = (_became(row, relations[row.person_id], code) for code in ("zh-hans", "en"))
            yield _word(old, f"{row.person.name}（{zh}）", f"{row.person.name} ({en})", old, new)


def moved_items(rows: Iterable[InventoryItem], names: Names, old: str, new: str) -> Iterator[ChangedField]:
    """Each thing that goes, with its quantity."""
    for row in rows:
        zh, en = names.get(row.item_code, (row.item_code, row.item_code))
        quantity = f"{row.quantity.normalize():f}"
        yield _word(old, f"{row.line_no} {zh} {quantity}", f"{row.line_no} {en} {quantity}", old, new)


def word(household: Household, field: tuple[str, str], old: str, new: str, kind: str = "") -> ChangedField:
    """One more thing that changes, named in Chinese and in English."""
    return _word(household.household_no, *field, old, new, kind)


def _became(row: HouseholdMember, relation: str, language: str) -> str:
    with override(language):
        return f"{Relation(row.relation).label} → {Relation(relation).label}"


def _word(household_no: str, zh: str, en: str, old: str, new: str, kind: str = "") -> ChangedField:
    return {"household_no": household_no, "field": zh, "field_en": en, "old": old, "new": new, "kind": kind}
