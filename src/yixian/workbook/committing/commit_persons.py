"""家庭成员入库: persons, their memberships, and the head that each household names."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import OuterRef, Subquery

from yixian.registry.choices import Relation
from yixian.registry.models import Household, HouseholdMember, Person
from yixian.workbook.differences import Plan, SheetPlan
from yixian.workbook.rules.identities import id_index

_PERSON_COLUMNS = ("name", "gender", "birth_date", "ethnicity", "phone")
_MEMBER_COLUMNS = ("relation", "register_type", "present_at_cutoff", "eligibility", "eligibility_note")
_BATCH = 1000


def index_of(values: dict[str, Any]) -> str | None:
    """The blind index of a row's ID number; None for a row without one."""
    return id_index(values["id_number"]) if values["id_number"] else None


def put_person(person: Person, values: dict[str, Any]) -> None:
    """Put what a row says of a person onto it (columns that the sheet does not have are left alone)."""
    for name in _PERSON_COLUMNS:
        if name in values:
            setattr(person, name, values[name])
    person.id_number, person.id_index = values["id_number"], index_of(values)


def free_id_numbers(plan: Plan) -> None:
    """Take away the ID numbers that the plan changes, so that another row may take one, in any order."""
    for sheet, number in (("people", "helper__helper_no"), ("persons", "person_no")):
        key = number.rpartition("__")[2]
        changed = [change.row.values[key] for change in plan[sheet].changed if "id_number" in change.columns]
        for start in range(0, len(changed), _BATCH):
            people = Person.objects.filter(**{f"{number}__in": changed[start : start + _BATCH]})
            people.update(id_number="", id_index=None)


def commit_persons(plan: SheetPlan, households: dict[str, Household]) -> Counter[int]:
    """New members and corrected ones. Returns how many new members each household (by id) got."""
    rows = [row.values for row in plan.new]
    persons = _persons(rows)
    members = [
        _member(person, values, households[values["household_no"]])
        for person, values in zip(persons, rows, strict=True)
    ]
    _correct_members(plan)
    HouseholdMember.objects.bulk_create(members, batch_size=_BATCH)
    changed = [change.row.values for change in plan.changed]
    _name_heads({values["household_no"] for values in [*rows, *changed]}, households)
    return Counter(member.household_id for member in members)


def _persons(rows: list[dict[str, Any]]) -> list[Person]:
    """A person for each row: one who is known by their ID number or person number, else a new one."""
    indexes = [index_of(values) for values in rows]
    by_index = Person.objects.in_bulk([index for index in indexes if index], field_name="id_index")
    by_number = Person.objects.in_bulk([values["person_no"] for values in rows], field_name="person_no")
    found = []
    for values, index in zip(rows, indexes, strict=True):
        person = by_number.get(values["person_no"]) or (by_index.get(index) if index else None) or Person()
        person.person_no = values["person_no"]
        put_person(person, values)
        found.append(person)
    known = [person for person in found if person.pk is not None]
    Person.objects.bulk_update(
        known, ["person_no", *_PERSON_COLUMNS, "id_number", "id_index"], batch_size=_BATCH
    )
    Person.objects.bulk_create([person for person in found if person.pk is None], batch_size=_BATCH)
    return found


def _member(person: Person, values: dict[str, Any], household: Household) -> HouseholdMember:
    return HouseholdMember(
        person=person,
        household=household,
        valid_from=values["from_date"],
        **{name: values[name] for name in _MEMBER_COLUMNS},
    )


def _correct_members(plan: SheetPlan) -> None:
    """Corrections keep their row; what stood there before is in the ledger."""
    numbers = [change.row.values["person_no"] for change in plan.changed]
    current = HouseholdMember.objects.filter(valid_until=None, person__person_no__in=numbers)
    known = {row.person.person_no: row for row in current.select_related("person")}
    persons, rows = [], []
    for change in plan.changed:
        row = known[change.row.values["person_no"]]
        put_person(row.person, change.row.values)
        for name in _MEMBER_COLUMNS:
            setattr(row, name, change.row.values[name])
        row.valid_from = change.row.values["from_date"]
        if not {*_PERSON_COLUMNS, "id_number"}.isdisjoint(change.columns):
            persons.append(row.person)
        if not {*_MEMBER_COLUMNS, "from_date"}.isdisjoint(change.columns):
            rows.append(row)
    Person.objects.bulk_update(persons, [*_PERSON_COLUMNS, "id_number", "id_index"], batch_size=_BATCH)
    # Old heads step back first, so that no household has two in between.
    for part in (
        [row for row in rows if row.relation != Relation.HEAD],
        [row for row in rows if row.relation == Relation.HEAD],
    ):
        HouseholdMember.objects.bulk_update(part, [*_MEMBER_COLUMNS, "valid_from"], batch_size=_BATCH)


def _name_heads(numbers: set[str], households: dict[str, Household]) -> None:
    """Repeat each household's head on its row."""
    ids = [households[number].pk for number in numbers]
    head = HouseholdMember.objects.filter(
        household=OuterRef("pk"), relation=Relation.HEAD, valid_until=None
    ).values("person")
    for start in range(0, len(ids), _BATCH):
        Household.objects.filter(pk__in=ids[start : start + _BATCH]).update(head=Subquery(head[:1]))
