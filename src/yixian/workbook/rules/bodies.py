"""机构与人员规则."""

from __future__ import annotations

from yixian.domain.areas import AreaLevel
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.rules.areas import levels_of
from yixian.workbook.rules.identities import check_identity, check_once
from yixian.workbook.staging import Staged

PEOPLE = "people"


def check_bodies(staged: Staged, _known: RegisterKeys) -> None:
    """A body is not its own superior."""
    for row in staged.of("bodies"):
        if row.values["code"] and row.values["code"] == row.values["parent_code"]:
            staged.fault("bodies", row, "parent_code", "row.reference", sheet="机构")


def check_people(staged: Staged, known: RegisterKeys) -> None:
    """Party members have a village, dates are in order, ID numbers agree and stand once."""
    levels = levels_of(staged, known)
    check_once(staged, PEOPLE)
    for row in staged.of(PEOPLE):
        check_identity(staged, PEOPLE, row)
        home = row.values["home_area_code"]
        if row.values["kind"] == "member" and not home:
            staged.fault(PEOPLE, row, "home_area_code", "helper.home")
        if home in levels and levels[home] != AreaLevel.VILLAGE:
            staged.fault(PEOPLE, row, "home_area_code", "helper.village")
        begin, end = row.values["from_date"], row.values["until_date"]
        if begin is not None and end is not None and end <= begin:
            staged.fault(PEOPLE, row, "until_date", "row.order")
