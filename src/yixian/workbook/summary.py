"""检查结果的摘要: what is kept with a batch — counts in full, lists up to a length that a page can show."""

from __future__ import annotations

from typing import Any

from yixian.kernel.crypto import keyring
from yixian.workbook.differences import Plan, change_words, plan_digest, row_name
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.schema import SHEETS, sheet
from yixian.workbook.staging import Row, Staged

MAX_FAULTS = 500
MAX_NOTES = 200
MAX_CHANGES = 300
MAX_LEFT_OUT = 2000
_PURPOSE = "workbook.value"


def summary_of(staged: Staged, plan: Plan, left_out: list[tuple[str, Row]]) -> dict[str, Any]:
    """Plain JSON: ``sheets`` (counts), ``faults``, ``notes``, ``changes`` and ``left_out`` with their full counts beside
    them, and the ``digest`` of what would be entered. What stands in faulty cells is sealed: it may be an ID number."""
    changes = [
        {
            "sheet": page.zh,
            "sheet_en": page.en,
            "name": row_name(page, change.row.values),
            "changes": change_words(page, change),
        }
        for page in SHEETS
        for change in plan[page.key].changed[:MAX_CHANGES]
    ]
    return {
        "sheets": [_counts(page.key, staged, plan) for page in SHEETS],
        "fault_count": len(staged.faults),
        "faults": [_kept(fault) for fault in staged.faults[:MAX_FAULTS]],
        "note_count": len(staged.notes),
        "notes": [_kept(note) for note in staged.notes[:MAX_NOTES]],
        "change_count": sum(len(page.changed) for page in plan.values()),
        "digest": plan_digest(plan),
        "new_count": sum(len(page.new) for page in plan.values()),
        "changes": changes[:MAX_CHANGES],
        "left_out_count": len(left_out),
        "left_out": [
            {
                "sheet": sheet(key).zh,
                "sheet_en": sheet(key).en,
                "row": row.number,
                "name": row_name(sheet(key), row.values),
            }
            for key, row in left_out[:MAX_LEFT_OUT]
        ],
    }


def fault_again(kept: dict[str, Any]) -> ImportFault:
    """A fault or note as it was before it was kept."""
    value = keyring().decrypt(kept["value"], purpose=_PURPOSE) if kept["value"] else ""
    return ImportFault(**kept | {"value": value})


def _kept(fault: ImportFault) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "rule": fault.rule,
        "value": keyring().encrypt(fault.value[:80], purpose=_PURPOSE) if fault.value else "",
        "params": {name: str(value) for name, value in fault.params.items()},
        "letter": fault.letter,
    }


def _counts(key: str, staged: Staged, plan: Plan) -> dict[str, Any]:
    rows = staged.of(key)
    return {
        "key": key,
        "title": sheet(key).zh,
        "title_en": sheet(key).en,
        "rows": len(rows),
        "new": len(plan[key].new),
        "changed": len(plan[key].changed),
        "unchanged": plan[key].unchanged,
        "absent": plan[key].absent,
        "left_out": sum(row.faulty for row in rows),
    }
