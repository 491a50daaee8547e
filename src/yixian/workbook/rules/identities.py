"""身份证规则: the number agrees with the row, one number is one person, and one person says the same in both sheets."""

from __future__ import annotations

from typing import Any

from yixian.domain.identity import birth_date_of, is_female
from yixian.kernel.crypto import keyring
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.staging import Row, Staged

ID_PURPOSE = "person.id_number"
PEOPLE, PERSONS = "people", "persons"


def id_index(number: str) -> str:
    """The blind index of an ID number."""
    return keyring().blind_index(number, purpose=ID_PURPOSE)


def check_identity(staged: Staged, sheet: str, row: Row) -> None:
    """The ID number's birth date and gender are the row's."""
    number = row.values["id_number"]
    if not number:
        return
    if row.values["birth_date"] is not None and birth_date_of(number) != row.values["birth_date"]:
        staged.fault(sheet, row, "birth_date", "id.birth_date")
    if row.values["gender"] and (row.values["gender"] == "female") != is_female(number):
        staged.fault(sheet, row, "gender", "id.gender")


def check_once(staged: Staged, sheet: str) -> None:
    """No ID number stands twice in a sheet."""
    first: dict[str, int] = {}
    for row in staged.of(sheet):
        number = row.values["id_number"]
        if number and number in first:
            staged.fault(sheet, row, "id_number", "id.twice", other=first[number])
        elif number:
            first[number] = row.number


def check_owner(staged: Staged, sheet: str, row: Row, known: RegisterKeys) -> None:
    """The register has the ID number under nobody else; one who is known in the other capacity is that very person.

    A number that its owner gives up in the same workbook is free: numbers may be swapped, moved, or handed on in a chain. The
    row is entered only together with the one that gives it up.
    """
    own = own_id(sheet, row, known)
    owner = known.identities.get(id_index(row.values["id_number"])) if row.values["id_number"] else None
    if owner is None or owner == own:
        return
    giver = _giving_up(staged, known).get(owner)
    if giver is not None:
        staged.only_with.append((row, giver))
        return
    person = known.people[owner]
    if own is not None or (person.person_no if sheet == PERSONS else person.helper_no):
        staged.fault(sheet, row, "id_number", "id.taken", other=known.person_named(person))
    elif person.facts != _facts(row.values):
        staged.fault(sheet, row, "name", "id.other_facts", other=known.person_named(person))


def _giving_up(staged: Staged, known: RegisterKeys) -> dict[int, Row]:
    """Known people for whom the workbook gives another ID number than the register has, or none; each with its row."""
    if staged.giving_up is None:
        indexes = {pk: index for index, pk in known.identities.items()}
        staged.giving_up = {}
        for sheet in (PEOPLE, PERSONS):
            for row in staged.of(sheet):
                own, number = own_id(sheet, row, known), row.values["id_number"]
                if own in indexes and not (number and id_index(number) == indexes[own]):
                    staged.giving_up[own] = row
    return staged.giving_up


def check_same_person(staged: Staged, known: RegisterKeys) -> None:
    """A helper who is also a member of a household says the same in both sheets; the sheet of persons is the one to
    correct such a person in."""
    by_identity = {row.values["id_number"]: row.values for row in staged.of(PERSONS)}
    by_number = {row.values["person_no"]: row.values for row in staged.of(PERSONS)}
    for row in staged.of(PEOPLE):
        own = own_id(PEOPLE, row, known)
        person = known.people[own] if own is not None else None
        member = by_number.get(person.person_no) if person is not None and person.person_no else None
        if row.values["id_number"]:
            member = member or by_identity.get(row.values["id_number"])
        if member is not None:
            same = [_facts(member), member["id_number"]] == [_facts(row.values), row.values["id_number"]]
            other = member["person_no"]
        else:
            same = person is None or not person.person_no or person.facts == _facts(row.values)
            other = "" if person is None else known.person_named(person)
        if not same:
            staged.fault(PEOPLE, row, "name", "id.other_facts", other=other)


def own_id(sheet: str, row: Row, known: RegisterKeys) -> int | None:
    """The id of the person whom the register has under this row's own number."""
    if sheet == PERSONS:
        return known.person_numbers.get(row.values["person_no"])
    return known.helper_numbers.get(row.values["helper_no"])


def _facts(values: dict[str, Any]) -> tuple[Any, Any, Any]:
    return values["name"], values["gender"], values["birth_date"]
