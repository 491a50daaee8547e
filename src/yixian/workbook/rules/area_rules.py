"""区划规则: codes fit their level and stand below the right area, and no area moves."""

from __future__ import annotations

from yixian.domain.areas import CODE_LENGTH, AreaLevel, code_fits, parent_level
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.schema import sheet
from yixian.workbook.staging import Row, Staged

AREAS = "areas"


def check_areas(staged: Staged, known: RegisterKeys) -> None:
    """Every area's code, level and place in the tree; no code that a place bore once makes a second place."""
    levels = levels_of(staged, known)
    words = sheet(AREAS).column("level").choices
    unread = staged.lacks(AREAS, "parent_code")
    for row in staged.of(AREAS):
        level, code = row.values["level"], row.values["code"]
        if code in known.retired:
            staged.fault(AREAS, row, "code", "area.retired", code=known.retired[code])
            continue
        if level not in words:
            continue
        if unread and not row.values["parent_code"] and parent_level(AreaLevel(level)):
            row.faulty = True  # the area above may stand in the column that could not be read
            continue
        _check_code(staged, row, AreaLevel(level))
        _check_parent(staged, row, AreaLevel(level), levels, words)
        old = known.areas.get(row.values["code"])
        if old is not None and old.parent_code != row.values["parent_code"]:
            staged.fault(AREAS, row, "parent_code", "area.moved")
        elif old is not None and old.level != level:
            staged.fault(AREAS, row, "level", "area.level")


def levels_of(staged: Staged, known: RegisterKeys) -> dict[str, str]:
    """Area code → level, from the register and the workbook."""
    levels = {code: area.level for code, area in known.areas.items()}
    rows = {row.values["code"]: row.values["level"] for row in staged.of(AREAS)}
    return levels | {code: level for code, level in rows.items() if code and level}


def _check_code(staged: Staged, row: Row, level: AreaLevel) -> None:
    code = row.values["code"]
    if code and not code_fits(code, level, row.values["parent_code"]):
        staged.fault(AREAS, row, "code", "area.code", digits=CODE_LENGTH[level])


def _check_parent(
    staged: Staged, row: Row, level: AreaLevel, levels: dict[str, str], words: dict[str, tuple[str, str]]
) -> None:
    wanted, parent = parent_level(level), row.values["parent_code"]
    if wanted is None and parent:
        staged.fault(AREAS, row, "parent_code", "area.parent", level=words[level][0])
    elif wanted is not None and not parent:
        staged.fault(AREAS, row, "parent_code", "cell.required")
    elif wanted is not None and parent in levels and levels[parent] != wanted:
        staged.fault(AREAS, row, "parent_code", "area.parent", level=words[level][0])
