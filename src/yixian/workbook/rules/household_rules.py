"""户与人的规则: one head a household, one household a person, nobody moved by a spreadsheet."""

from __future__ import annotations

from collections import defaultdict

from yixian.domain.areas import AreaLevel
from yixian.kernel.crypto import keyring
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.rules.area_rules import levels_of
from yixian.workbook.rules.identities import PERSONS, check_identity, check_once, check_owner
from yixian.workbook.staging import Staged

HOUSEHOLDS = "households"
ACCOUNT_PURPOSE = "household.bank_account"
_COMPOSING = ("person_no", "household_no", "relation")
"""Columns of the sheet of persons that say who a household's members and head are."""

_MAX_NAMED = 3


def check_households(staged: Staged, known: RegisterKeys) -> None:
    """Each household stands in a group, has not ended or moved, and has members and exactly one head."""
    levels = levels_of(staged, known)
    heads, members = _composition(staged, known)
    unread = staged.lacks(PERSONS, *_COMPOSING)
    for row in staged.of(HOUSEHOLDS):
        number, group = row.values["household_no"], row.values["group_code"]
        is_group = levels.get(group) == AreaLevel.GROUP
        if group in levels and not is_group:
            staged.fault(HOUSEHOLDS, row, "group_code", "household.group")
        if levels.get(row.values["host_village_code"], AreaLevel.VILLAGE) != AreaLevel.VILLAGE:
            staged.fault(HOUSEHOLDS, row, "host_village_code", "household.host")
        old = known.households.get(number)
        if old is not None and old.ended:
            staged.fault(HOUSEHOLDS, row, "household_no", "household.ended")
        elif old is not None and is_group and old.group_code != group:
            staged.fault(HOUSEHOLDS, row, "group_code", "household.moved")
        if number and unread and len(heads[number]) != 1:
            row.faulty = True  # its members may stand in the sheet that could not be read
        elif number and not members[number]:
            staged.fault(HOUSEHOLDS, row, "household_no", "household.empty")
        elif number and len(heads[number]) != 1:
            staged.fault(HOUSEHOLDS, row, "household_no", "household.head", count=len(heads[number]))


def note_shared_accounts(staged: Staged, known: RegisterKeys) -> None:
    """A bank account into which another household is paid too, by this workbook or by the register: it may be right."""
    indexes = {
        row.number: keyring().blind_index(account, purpose=ACCOUNT_PURPOSE)
        for row in staged.of(HOUSEHOLDS)
        if (account := row.values["bank_account"])
    }
    here: dict[str, set[str]] = defaultdict(set)
    for row in staged.of(HOUSEHOLDS):
        if row.number in indexes:
            here[indexes[row.number]].add(row.values["household_no"])
    changed = {row.values["household_no"] for row in staged.of(HOUSEHOLDS) if row.values["bank_account"]}
    for row in staged.of(HOUSEHOLDS):
        index, own = indexes.get(row.number, ""), row.values["household_no"]
        if not own:
            continue  # the other household may be this very one
        others = (known.accounts.get(index, set()) - changed | here.get(index, set())) - {own, ""}
        if others:
            named = "、".join(sorted({known.household_named(other) for other in others})[:_MAX_NAMED])
            staged.note(HOUSEHOLDS, row, "bank_account", "note.shared_account", others=named)


def check_persons(staged: Staged, known: RegisterKeys) -> None:
    """ID numbers agree, stand once and are nobody else's; nobody is in two households or moves to another."""
    check_once(staged, PERSONS)
    first: dict[str, str] = {}
    listed = {row.values["household_no"] for row in staged.of(HOUSEHOLDS)}
    heads, _members = _composition(staged, known)
    unread = staged.lacks(PERSONS, *_COMPOSING)
    for row in staged.of(PERSONS):
        check_identity(staged, PERSONS, row)
        number, household = row.values["person_no"], row.values["household_no"]
        if number and number in first and first[number] != household:
            staged.fault(PERSONS, row, "household_no", "person.two_households", other=first[number])
        first.setdefault(number, household)
        check_owner(staged, PERSONS, row, known)
        there = known.members.get(number) if number else None
        if there is not None and household and there != household:
            named = known.household_named(there)
            staged.fault(PERSONS, row, "household_no", "person.moved", other=named)
        old = known.households.get(household)
        if old is not None and old.ended:
            staged.fault(PERSONS, row, "household_no", "household.ended")
        elif old is not None and household not in listed and len(heads[household]) != 1 and not unread:
            staged.fault(PERSONS, row, "relation", "household.head", count=len(heads[household]))


def _composition(staged: Staged, known: RegisterKeys) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Household number → its heads, and its members, as they would be after the import."""
    heads: dict[str, set[str]] = defaultdict(set)
    members: dict[str, set[str]] = defaultdict(set)
    for number, persons in known.heads.items():
        heads[number] |= persons
    for person, number in known.members.items():
        members[number].add(person)
    for row in staged.of(PERSONS):
        number, person = row.values["household_no"], row.values["person_no"]
        members[number].add(person)
        if row.values["relation"] == "head":
            heads[number].add(person)
        else:
            heads[number].discard(person)
    return heads, members
