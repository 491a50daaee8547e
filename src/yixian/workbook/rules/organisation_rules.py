"""机构与人员规则."""

from __future__ import annotations

from yixian.domain.areas import AreaLevel
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.rules.area_rules import levels_of
from yixian.workbook.rules.identities import (
    PEOPLE,
    check_identity,
    check_once,
    check_owner,
    check_same_person,
)
from yixian.workbook.staging import Staged

_STATIONED = frozenset({AreaLevel.TOWNSHIP, AreaLevel.VILLAGE, AreaLevel.GROUP})


def check_organisations(staged: Staged, known: RegisterKeys) -> None:
    """No body stands, at any remove, above itself; stationings are with townships, villages and groups."""
    above = known.superiors | {
        row.values["code"]: row.values["parent_code"] for row in staged.of("organisations")
    }
    for row in staged.of("organisations"):
        if _goes_round(row.values["code"], above):
            staged.fault("organisations", row, "parent_code", "organisation.circle")
    levels = levels_of(staged, known)
    for row in staged.of("stationings"):
        level = levels.get(row.values["area_code"])
        if level and level not in _STATIONED:
            staged.fault("stationings", row, "area_code", "stationing.level")


def check_people(staged: Staged, known: RegisterKeys) -> None:
    """Party members have a village, dates are in order, ID numbers agree, stand once and are nobody else's."""
    levels = levels_of(staged, known)
    check_once(staged, PEOPLE)
    check_same_person(staged, known)
    for row in staged.of(PEOPLE):
        check_identity(staged, PEOPLE, row)
        check_owner(staged, PEOPLE, row, known)
        home = row.values["home_area_code"]
        if row.values["kind"] == "member" and not home and staged.lacks(PEOPLE, "home_area_code"):
            row.faulty = True  # the village may stand in the column that could not be read
        elif row.values["kind"] == "member" and not home:
            staged.fault(PEOPLE, row, "home_area_code", "helper.home")
        if home in levels and levels[home] != AreaLevel.VILLAGE:
            staged.fault(PEOPLE, row, "home_area_code", "helper.village")
        begin, end = row.values["from_date"], row.values["until_date"]
        if begin is not None and end is not None and end <= begin:
            staged.fault(PEOPLE, row, "until_date", "row.order")


def _goes_round(code: str, above: dict[str, str]) -> bool:
    """Whether going up from a body leads back to it."""
    seen = {code}
    at = above.get(code, "")
    while at and at not in seen:
        seen.add(at)
        at = above.get(at, "")
    return bool(at) and at == code
