"""登记的键: what the register already holds, by the numbers that a workbook refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from yixian.duty.models import Leadership
from yixian.inventory.models import InventoryItem
from yixian.registry.models import Area, AreaCode, Helper, Household, HouseholdMember, Organisation, Person
from yixian.workbook.access import EVERYTHING, Reach, reaches

UNNAMED = "—"
"""What stands for the number of something outside the reader's reach."""


LeaderKey = tuple[str, str, str, date]
"""Township code, helper number, kind, first day."""


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area of the register."""

    level: str
    parent_code: str
    path: str


@dataclass(frozen=True, slots=True)
class KnownHousehold:
    """A household of the register, also one that has ended."""

    group_code: str
    path: str
    ended: bool


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the register; the numbers are empty for what they are not."""

    facts: tuple[str, str, date]
    """Name, gender, birth date."""
    person_no: str
    helper_no: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Of which households, persons and helpers the keys are read; of all of them where nothing limits it."""

    households: Q = field(default_factory=Q)
    persons: Q = field(default_factory=Q)
    helpers: Q = field(default_factory=Q)


WHOLE = Portion()


@dataclass(slots=True)
class RegisterKeys:
    """Numbers → what they stand for. Read once per check, in a few statements. ``reach`` is the reader's."""

    reach: Reach = EVERYTHING
    areas: dict[str, KnownArea] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    """Code that a place bore once, and none bears now → the code that the place bears today."""
    organisations: dict[str, str] = field(default_factory=dict)
    """Body code → path of its area."""
    superiors: dict[str, str] = field(default_factory=dict)
    """Body code → code of the body above it ("" for none)."""
    households: dict[str, KnownHousehold] = field(default_factory=dict)
    accounts: dict[str, set[str]] = field(default_factory=dict)
    """Blind index of a bank account → the numbers of the households that are paid into it."""
    people: dict[int, KnownPerson] = field(default_factory=dict)
    person_numbers: dict[str, int] = field(default_factory=dict)
    helper_numbers: dict[str, int] = field(default_factory=dict)
    helper_organisations: dict[str, str] = field(default_factory=dict)
    helper_days: dict[str, tuple[date, date | None]] = field(default_factory=dict)
    """Helper number → the days of their service."""
    leaders: dict[LeaderKey, tuple[date, date | None]] = field(default_factory=dict)
    """A leader's days by its key."""
    identities: dict[str, int] = field(default_factory=dict)
    """Blind index of an ID number → the person's id."""
    members: dict[str, str] = field(default_factory=dict)
    """Person number → number of the household they belong to now."""
    heads: dict[str, set[str]] = field(default_factory=dict)
    """Household number → person numbers of its heads now."""
    items: dict[str, str] = field(default_factory=dict)
    """Line number → household number."""
    item_codes: dict[str, str] = field(default_factory=dict)
    """Line number → code of the item."""

    def household_named(self, number: str) -> str:
        """A household's number as this reader may see it."""
        known = self.households.get(number)
        return number if known is None or reaches(self.reach, known.path) else UNNAMED

    def person_named(self, person: KnownPerson) -> str:
        """A person's number as this reader may see it: as a member of a household, else as a helper."""
        if person.person_no in self.members:
            named = self.household_named(self.members[person.person_no])
            return person.person_no if named != UNNAMED else UNNAMED
        inside = reaches(
            self.reach, self.organisations.get(self.helper_organisations.get(person.helper_no, ""), "")
        )
        return (person.person_no or person.helper_no) if inside else UNNAMED


def read_register_keys(reach: Reach = EVERYTHING, portion: Portion = WHOLE) -> RegisterKeys:
    """The keys of the whole register as it stands, or of a portion of it, for a reader of some reach. Places are read whole."""
    keys = RegisterKeys(reach)
    _read_places(keys)
    _read_people(keys, portion)
    households = Household.objects.filter(portion.households)
    for number, code, path, until, account in households.values_list(
        "household_no", "area__code", "area_path", "valid_until", "bank_index"
    ):
        keys.households[number] = KnownHousehold(code, path, until is not None)
        if account and until is None:
            keys.accounts.setdefault(account, set()).add(number)
    current = HouseholdMember.objects.filter(valid_until=None)
    items = InventoryItem.objects.filter(valid_until=None)
    if portion.households:
        current = current.filter(household__in=households.values("pk"))
        items = items.filter(household__in=households.values("pk"))
    for person_no, number, relation in current.values_list(
        "person__person_no", "household__household_no", "relation"
    ):
        keys.members[person_no or ""] = number
        if relation == "head":
            keys.heads.setdefault(number, set()).add(person_no or "")
    for line_no, number, code in items.values_list("line_no", "household__household_no", "item_code"):
        keys.items[line_no], keys.item_codes[line_no] = number, code
    return keys


def _read_places(keys: RegisterKeys) -> None:
    for code, level, parent, path in Area.objects.values_list("code", "level", "parent__code", "path"):
        keys.areas[code] = KnownArea(level, parent or "", path)
    borne = AreaCode.objects.exclude(valid_until=None).order_by("valid_until", "pk")
    for old, today in borne.values_list("code", "area__code"):
        if old not in keys.areas:
            keys.retired[old] = today
    for code, path, superior in Organisation.objects.values_list("code", "area__path", "parent__code"):
        keys.organisations[code] = path
        keys.superiors[code] = superior or ""


def _read_people(keys: RegisterKeys, portion: Portion) -> None:
    columns = ("pk", "name", "gender", "birth_date", "person_no", "id_index", "helper__helper_no")
    for pk, name, gender, born, person_no, index, helper_no in (
        Person.objects.filter(portion.persons).values_list(*columns).distinct()
    ):
        keys.people[pk] = KnownPerson((name, gender, born), person_no or "", helper_no or "")
        if index:
            keys.identities[index] = pk
        if person_no:
            keys.person_numbers[person_no] = pk
        if helper_no:
            keys.helper_numbers[helper_no] = pk
    for helper_no, organisation, first, until in Helper.objects.filter(portion.helpers).values_list(
        "helper_no", "organisation__code", "valid_from", "valid_until"
    ):
        keys.helper_organisations[helper_no] = organisation
        keys.helper_days[helper_no] = (first, until)
    for code, helper_no, kind, first, until in Leadership.objects.values_list(
        "area__code", "helper__helper_no", "kind", "valid_from", "valid_until"
    ):
        keys.leaders[code, helper_no, kind, first] = (first, until)
