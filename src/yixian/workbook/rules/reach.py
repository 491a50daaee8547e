"""辖区规则: nobody enters anything outside the area whose register they keep."""

from __future__ import annotations

from yixian.workbook.access import reaches
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.register_rows import PUBLIC, row_key, rows_by_key
from yixian.workbook.schema import sheet
from yixian.workbook.staging import Row, Staged

_PLACE = {
    "areas": "parent_code",
    "organisations": "area_code",
    "stationings": "area_code",
    "people": "organisation_code",
    "leaders": "township_code",
    "households": "group_code",
    "persons": "household_no",
    "items": "household_no",
}
"""Sheet → the column that says where a row lies."""
_OUTSIDE = "!"


def check_reach(staged: Staged, known: RegisterKeys) -> None:
    """Name every row that would enter or change something outside the reader's reach.

    A row whose place is itself at fault has its error already, and so has what hangs on it: neither can be entered.
    """
    if "" in known.reach:
        return
    paths = _Paths(staged, known)
    for key in staged.rows:
        unchanged = _unchanged(key, staged, known)
        first = sheet(key).keys[0]
        for row in staged.of(key):
            if not (row.number in unchanged or paths.misplaced(key, row) or paths.inside(key, row)):
                staged.fault(key, row, first, "row.reach")


def _unchanged(key: str, staged: Staged, known: RegisterKeys) -> set[int]:
    """Rows of the public sheets that say what the register says: they may stand there wherever they lie."""
    if key not in PUBLIC:
        return set()
    page = sheet(key)
    register = rows_by_key(page, known.reach)
    return {row.number for row in staged.of(key) if register.get(row_key(page, row.values)) == row.values}


def _first_rows(staged: Staged, key: str) -> dict[str, Row]:
    """Number → the first row that bears it: a second one is an error and never entered."""
    number = sheet(key).keys[0]
    return {row.values[number]: row for row in reversed(staged.of(key))}


def _is_of_place(fault: ImportFault) -> bool:
    return _PLACE.get(fault.sheet) == fault.column


class _Paths:
    """Where the rows of a workbook lie, by the register and by the workbook itself."""

    def __init__(self, staged: Staged, known: RegisterKeys) -> None:
        self._known = known
        self._wrong = {(fault.sheet, fault.row) for fault in staged.faults if _is_of_place(fault)}
        self._wrong |= {(key, row) for key, row, column in staged.unfollowed if _PLACE.get(key) == column}
        self._unread = {key for key, column in _PLACE.items() if staged.lacks(key, column)}
        areas, organisations = _first_rows(staged, "areas"), _first_rows(staged, "organisations")
        households = _first_rows(staged, "households")
        self._parents = {code: row.values["parent_code"] for code, row in areas.items()}
        self._groups = {number: row.values["group_code"] for number, row in households.items()}
        self._seats = {code: row.values["area_code"] for code, row in organisations.items()}
        self._wrong_areas, self._wrong_organisations, self._wrong_households = (
            {number for number, row in rows.items() if (key, row.number) in self._wrong}
            for key, rows in (("areas", areas), ("organisations", organisations), ("households", households))
        )

    def misplaced(self, key: str, row: Row) -> bool:
        """Whether it is an error already that nobody knows where the row lies, or what it hangs on."""
        place = row.values[_PLACE[key]]
        if (key, row.number) in self._wrong or key in self._unread:
            return True
        if key in {"persons", "items"} and "households" in self._unread:
            return place not in self._known.households
        if key in {"persons", "items"}:
            return place in self._wrong_households or self._hangs(self._groups.get(place, ""))
        if key == "people":
            is_new = place not in self._known.organisations
            return is_new and (place in self._wrong_organisations or self._hangs(self._seats.get(place, "")))
        return self._hangs(place)

    def _hangs(self, code: str) -> bool:
        """Whether a new area stands below one whose own place is an error."""
        seen = set()
        while code and code not in self._known.areas and code not in seen:
            if code in self._wrong_areas:
                return True
            seen.add(code)
            code = self._parents.get(code, "")
        return False

    def inside(self, key: str, row: Row) -> bool:
        """Whether both what the row says and what the register has under its number lie within reach."""
        return all(reaches(self._known.reach, path) for path in self._of(key, row))

    def _of(self, key: str, row: Row) -> list[str]:
        values, known = row.values, self._known
        if key == "areas":
            return [self._area(values["code"])]
        if key == "people":
            organisations = [
                values["organisation_code"],
                known.helper_organisations.get(values["helper_no"], ""),
            ]
            return [self._organisation(code) for code in organisations if code]
        if key in {"persons", "items"}:
            return [self._household(values["household_no"])]
        there = None
        if key == "households":
            there = self._known_household(values["household_no"])
        elif key == "organisations":
            there = known.organisations.get(values["code"])
        return [self._area(values[_PLACE[key]]), *([] if there is None else [there])]

    def _area(self, code: str) -> str:
        """The path of an area; of a new one, the path of the nearest known area above it."""
        seen = set()
        while code and code not in self._known.areas and code not in seen:
            seen.add(code)
            code = self._parents.get(code, "")
        return self._known.areas[code].path if code in self._known.areas else _OUTSIDE

    def _organisation(self, code: str) -> str:
        return (
            self._known.organisations[code]
            if code in self._known.organisations
            else self._area(self._seats.get(code, ""))
        )

    def _known_household(self, number: str) -> str | None:
        known = self._known.households.get(number)
        return None if known is None else known.path

    def _household(self, number: str) -> str:
        return self._known_household(number) or self._area(self._groups.get(number, ""))
