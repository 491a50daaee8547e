"""身份证规则: the number agrees with the row, and one number is one person."""

from __future__ import annotations

from yixian.domain.identity import birth_date_of, is_female
from yixian.kernel.crypto import keyring
from yixian.workbook.staging import Row, Staged

ID_PURPOSE = "person.id_number"


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
