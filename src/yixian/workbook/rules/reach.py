"""辖区规则: nobody enters anything outside the area whose register they keep."""

from __future__ import annotations

from yixian.workbook.access import reaches
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.register_rows import PUBLIC, row_key, rows_by_key
from yixian.workbook.schema import sheet
from yixian.workbook.staging import Row, Staged

_PLACE = {"bodies": "area_code", "stationings": "area_code", "households": "group_code"}
_OUTSIDE = "!"


def check_reach(staged: Staged, known: RegisterKeys) -> None:
    """Name every row that would enter or change something outside the reader's reach."""
    if "" in known.reach:
        return
    paths = _Paths(staged, known)
    for key in staged.rows:
        unchanged = _unchanged(key, staged, known)
        first = sheet(key).keys[0]
        for row in staged.of(key):
            if row.number not in unchanged and not paths.inside(key, row):
                staged.fault(key, row, first, "row.reach")


def _unchanged(key: str, staged: Staged, known: RegisterKeys) -> set[int]:
    """Rows of the public sheets that say what the register says: they may stand there wherever they lie."""
    if key not in PUBLIC:
        return set()
    page = sheet(key)
    register = rows_by_key(page, known.reach)
    return {row.number for row in staged.of(key) if register.get(row_key(page, row.values)) == row.values}


class _Paths:
    """Where the rows of a workbook lie, by the register and by the workbook itself."""

    def __init__(self, staged: Staged, known: RegisterKeys) -> None:
        self._known = known
        self._parents = {row.values["code"]: row.values["parent_code"] for row in staged.of("areas")}
        self._groups = {
            row.values["household_no"]: row.values["group_code"] for row in staged.of("households")
        }
        self._seats = {row.values["code"]: row.values["area_code"] for row in staged.of("bodies")}

    def inside(self, key: str, row: Row) -> bool:
        """Whether both what the row says and what the register has under its number lie within reach."""
        return all(reaches(self._known.reach, path) for path in self._of(key, row))

    def _of(self, key: str, row: Row) -> list[str]:
        values, known = row.values, self._known
        if key == "areas":
            return [self._area(values["code"])]
        if key == "people":
            bodies = [values["body_code"], known.helper_bodies.get(values["helper_no"], "")]
            return [self._body(code) for code in bodies if code]
        if key in {"persons", "items"}:
            return [self._household(values["household_no"])]
        there = None
        if key == "households":
            there = self._known_household(values["household_no"])
        elif key == "bodies":
            there = known.bodies.get(values["code"])
        return [self._area(values[_PLACE[key]]), *([] if there is None else [there])]

    def _area(self, code: str) -> str:
        """The path of an area; of a new one, the path of the nearest known area above it."""
        seen = set()
        while code and code not in self._known.areas and code not in seen:
            seen.add(code)
            code = self._parents.get(code, "")
        return self._known.areas[code].path if code in self._known.areas else _OUTSIDE

    def _body(self, code: str) -> str:
        return (
            self._known.bodies[code] if code in self._known.bodies else self._area(self._seats.get(code, ""))
        )

    def _known_household(self, number: str) -> str | None:
        known = self._known.households.get(number)
        return None if known is None else known.path

    def _household(self, number: str) -> str:
        return self._known_household(number) or self._area(self._groups.get(number, ""))
