"""挂乡与乡镇负责人规则: leaders stand with townships, are in service, and no township has two leads or is left without."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from yixian.domain.areas import AreaLevel
from yixian.kernel.actors import covers_day
from yixian.workbook.register_keys import LeaderKey, RegisterKeys
from yixian.workbook.rules.area_rules import levels_of
from yixian.workbook.staging import Row, Staged

LEADERS = "leaders"
_LEAD = "township_lead"

Days = tuple[date, date | None]


def check_leaders(staged: Staged, known: RegisterKeys) -> None:
    """Every rule of the sheet, against the workbook and the register together."""
    levels, service = levels_of(staged, known), _service(staged, known)
    stands = _stands(staged, known)
    for row in staged.of(LEADERS):
        township, helper, kind = (row.values[name] for name in ("township_code", "helper_no", "kind"))
        first, until = row.values["from_date"], row.values["until_date"]
        if levels.get(township, AreaLevel.TOWNSHIP) != AreaLevel.TOWNSHIP:
            staged.fault(LEADERS, row, "township_code", "leader.township")
        if first is None:
            continue
        if until is not None and until <= first:
            staged.fault(LEADERS, row, "until_date", "row.order")
            continue
        if helper in service and not _serves(service[helper], first):
            staged.fault(LEADERS, row, "helper_no", "leader.service")
        others = [
            days for key, days in stands[township, kind].items() if key != (township, helper, kind, first)
        ]
        if kind == _LEAD and any(_meet((first, until), days) for days in others):
            staged.fault(LEADERS, row, "from_date", "leader.two")
        if _ends_anew(row, known) and not any(covers_day(*days, until) for days in others):
            staged.fault(LEADERS, row, "until_date", "leader.last")


def _ends_anew(row: Row, known: RegisterKeys) -> bool:
    """Whether the workbook gives an end to somebody who by the register has none."""
    key = _key(row)
    there = known.leaders.get(key)
    return row.values["until_date"] is not None and there is not None and there[1] is None


def _key(row: Row) -> LeaderKey:
    values = row.values
    return values["township_code"], values["helper_no"], values["kind"], values["from_date"]


def _stands(staged: Staged, known: RegisterKeys) -> dict[tuple[str, str], dict[LeaderKey, Days]]:
    """(township, kind) → key → days, as they would be after the import."""
    found: dict[tuple[str, str], dict[LeaderKey, Days]] = defaultdict(dict)
    for key, days in known.leaders.items():
        found[key[0], key[2]][key] = days
    for row in staged.of(LEADERS):
        key = _key(row)
        if row.values["from_date"] is not None:
            found[key[0], key[2]][key] = (row.values["from_date"], row.values["until_date"])
    return found


def _service(staged: Staged, known: RegisterKeys) -> dict[str, Days]:
    rows = {
        row.values["helper_no"]: (row.values["from_date"], row.values["until_date"])
        for row in staged.of("people")
    }
    return known.helper_days | rows


def _serves(days: Days, on: date) -> bool:
    return days[0] is not None and covers_day(*days, on)


def _meet(one: Days, other: Days) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
