"""可改的登记: single rows of the register that are put right where one reads them, and new ones of a household.

A row is a row of the workbook: what may stand in it, how it is checked and on what of it money hangs says the one schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.registry.access import get_household
from yixian.registry.models import Helper, Household, Organisation, Person
from yixian.registry.queries import get_helper, get_organisation
from yixian.workbook.access import EVERYTHING, KEEPERS, Reach, as_keeper, reach_of, reaches
from yixian.workbook.register_rows import (
    Values,
    helper_rows,
    household_rows,
    item_rows,
    member_rows,
    organisation_rows,
)
from yixian.workbook.schema import Column, sheet
from yixian.workbook.staging import EMPTY

_ROWS: dict[str, tuple[Callable[[Reach, Q], Iterator[Values]], str]] = {
    "households": (household_rows, "household_no"),
    "persons": (member_rows, "person__person_no"),
    "items": (item_rows, "line_no"),
    "people": (helper_rows, "helper_no"),
    "organisations": (organisation_rows, "code"),
}
"""Sheet → its rows in the register, and the column of the table that names one."""

_MEMBER = (
    "name", "relation", "gender", "birth_date", "ethnicity", "id_number", "register_type", "present_at_cutoff",
    "eligibility", "eligibility_note", "phone",
)  # fmt: skip
_ITEM = ("item_code", "quantity", "place", "surveyed_on", "surveyor")

EDITABLE: dict[str, tuple[str, ...]] = {
    "households": (
        "phone", "address", "language", "requested_gender", "difficulty", "zone", "bank_name", "bank_account",
    ),
    "persons": _MEMBER,
    "items": _ITEM,
    "people": ("name", "post", "work_phone", "languages", "places"),
    "organisations": ("name", "name_en", "phone", "address", "hours"),
}  # fmt: skip
"""Sheet → the columns that are put right on a page. Where somebody or something belongs is changed by its own way: a division,
a departure that is announced."""

_NEW = {"persons": (*_MEMBER, "from_date"), "items": _ITEM}


@dataclass(frozen=True, slots=True)
class EditableRow:
    """One row: its sheet, what the register holds, or what is settled of a new one; the household that it belongs to, if any,
    and the path of its area."""

    sheet: str
    values: Values
    path: str
    household: Household | None = None
    is_new: bool = False

    @property
    def key(self) -> str:
        """The number that names it."""
        return str(self.values[sheet(self.sheet).keys[0]])

    @property
    def columns(self) -> tuple[Column, ...]:
        """What may be typed."""
        names = _NEW[self.sheet] if self.is_new else EDITABLE[self.sheet]
        return tuple(sheet(self.sheet).column(name) for name in names)


def keeps(actor: Actor, path: str) -> bool:
    """Whether the actor keeps the register of a place."""
    return actor.has_any(KEEPERS) and reaches(reach_of(actor), path)


def household_row(actor: Actor, household_id: int) -> EditableRow:
    """A household in the actor's reach as the register holds it. Raises `NotPermitted` or `NotFound`."""
    household = get_household(as_keeper(actor), household_id)
    return stored_row("households", household.household_no, household)


def member_row(actor: Actor, household_id: int, person_id: int) -> EditableRow:
    """A member of a household in the actor's reach. Raises `NotPermitted` or `NotFound`."""
    household = get_household(as_keeper(actor), household_id)
    person = Person.objects.filter(
        pk=person_id, memberships__household=household, memberships__valid_until=None
    ).first()
    return stored_row("persons", (person and person.person_no) or "", household)


def item_row(actor: Actor, household_id: int, item_id: int) -> EditableRow:
    """A line of the survey of a household in the actor's reach. Raises `NotPermitted` or `NotFound`."""
    household = get_household(as_keeper(actor), household_id)
    item = InventoryItem.objects.filter(pk=item_id, household=household).first()
    return stored_row("items", item.line_no if item else "", household)


def helper_row(actor: Actor, helper_id: int) -> EditableRow:
    """A helper of a body whose register the actor keeps. Raises `NotPermitted` or `NotFound`."""
    reach = reach_of(actor)
    helper = get_helper(actor, helper_id)
    if not reaches(reach, helper.organisation.area.path):
        raise _unknown()
    return stored_row("people", helper.helper_no)


def organisation_row(actor: Actor, organisation_id: int) -> EditableRow:
    """A body whose register the actor keeps. Raises `NotPermitted` or `NotFound`."""
    reach = reach_of(actor)
    organisation = get_organisation(actor, organisation_id)
    if not reaches(reach, organisation.area.path):
        raise _unknown()
    return stored_row("organisations", organisation.code)


def new_member_row(actor: Actor, household_id: int) -> EditableRow:
    """Somebody who comes to a household in the actor's reach. Raises `NotPermitted` or `NotFound`."""
    return new_row("persons", _open_household(actor, household_id))


def new_item_row(actor: Actor, household_id: int) -> EditableRow:
    """Something that the survey of a household in the actor's reach left out. Raises `NotPermitted` or `NotFound`."""
    return new_row("items", _open_household(actor, household_id))


def new_row(key: str, household: Household) -> EditableRow:
    """An empty row of persons or items of a household, under its next free number."""
    values: Values = {column.key: EMPTY.get(column.kind, "") for column in sheet(key).columns}
    own = _next_person_no(household) if key == "persons" else _next_line_no(household)
    values |= {sheet(key).keys[0]: own, "household_no": household.household_no}
    return EditableRow(key, values, household.area_path, household, is_new=True)


def stored_row(key: str, number: str, household: Household | None = None) -> EditableRow:
    """The row of a sheet with a number, as the register holds it now. Raises `NotFound`."""
    rows_of, column = _ROWS[key]
    only = Q(**{column: number})
    if household is not None and key in {"persons", "items"}:
        only &= Q(household=household)
    values = next(iter(rows_of(EVERYTHING, only)), None) if number else None
    if values is None:
        raise _unknown()
    return EditableRow(key, values, _path(key, number, household), household)


def _path(key: str, number: str, household: Household | None) -> str:
    if household is not None:
        return household.area_path
    if key == "people":
        return Helper.objects.values_list("organisation__area__path", flat=True).get(helper_no=number)
    return Organisation.objects.values_list("area__path", flat=True).get(code=number)


def _open_household(actor: Actor, household_id: int) -> Household:
    household = get_household(as_keeper(actor), household_id)
    if household.valid_until is not None:
        raise _unknown()
    return household


def _next_person_no(household: Household) -> str:
    rows = Person.objects.filter(person_no__startswith=f"{household.household_no}-")
    return _next_number(household, rows.values_list("person_no", flat=True), 1)


def _next_line_no(household: Household) -> str:
    rows = InventoryItem.objects.filter(line_no__startswith=f"{household.household_no}-")
    return _next_number(household, rows.values_list("line_no", flat=True), 3)


def _next_number(household: Household, taken: Iterable[str | None], width: int) -> str:
    """The household's number with the first number after those that ever were, as wide as they are."""
    ends = [end for number in taken if number and (end := number.rpartition("-")[2]).isdigit()]
    last = max((int(end) for end in ends), default=0)
    width = max((len(end) for end in ends), default=width)
    return f"{household.household_no}-{last + 1:0{width}d}"


def _unknown() -> NotFound:
    return NotFound("row.not_found", _("There is no such entry in the register."))
