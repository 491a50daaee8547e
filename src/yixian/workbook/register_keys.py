"""登记的键: what the register already holds, by the numbers that a workbook refers to."""

from __future__ import annotations

from dataclasses import dataclass, field

from yixian.inventory.models import InventoryItem
from yixian.registry.models import Area, Body, Helper, Household, HouseholdMember, Person


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area of the register."""

    pk: int
    code: str
    level: str
    parent_code: str
    path: str


@dataclass(slots=True)
class RegisterKeys:
    """Numbers → what they stand for. Read once per check, in a few statements."""

    areas: dict[str, KnownArea] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    helpers: dict[str, int] = field(default_factory=dict)
    households: dict[str, tuple[int, str, bool]] = field(default_factory=dict)
    """Household number → (id, group code, whether it has ended)."""
    members: dict[str, str] = field(default_factory=dict)
    """Person number → number of the household they belong to now."""
    identities: dict[str, str] = field(default_factory=dict)
    """Blind index of an ID number → person number ("" for someone who only holds a post)."""
    heads: dict[str, set[str]] = field(default_factory=dict)
    """Household number → person numbers of its heads now."""
    items: dict[str, str] = field(default_factory=dict)
    """Line number → household number."""


def read_register_keys() -> RegisterKeys:
    """The keys of the whole register as it stands."""
    keys = RegisterKeys()
    codes = dict(Area.objects.values_list("pk", "code"))
    for pk, code, level, parent_id, path in Area.objects.values_list(
        "pk", "code", "level", "parent_id", "path"
    ):
        keys.areas[code] = KnownArea(pk, code, level, codes.get(parent_id, ""), path)
    keys.bodies = dict(Body.objects.values_list("code", "pk"))
    keys.helpers = dict(Helper.objects.values_list("helper_no", "pk"))
    for number, pk, code, ended in Household.objects.values_list(
        "household_no", "pk", "area__code", "valid_until"
    ):
        keys.households[number] = (pk, code, ended is not None)
    current = HouseholdMember.objects.filter(valid_until=None)
    for person_no, number, relation in current.values_list(
        "person__person_no", "household__household_no", "relation"
    ):
        keys.members[person_no] = number
        if relation == "head":
            keys.heads.setdefault(number, set()).add(person_no)
    indexed = Person.objects.exclude(id_index=None)
    keys.identities = {index: number or "" for index, number in indexed.values_list("id_index", "person_no")}
    items = InventoryItem.objects.filter(valid_until=None)
    keys.items = dict(items.values_list("line_no", "household__household_no"))
    return keys
