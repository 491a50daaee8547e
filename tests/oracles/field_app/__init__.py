"""The field app's own modules in Node: a sheet of answers in, the instance that it would send out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import Sheet
from yixian.engines.survey.sheet_definition import sheet_definition

_HERE = Path(__file__).parent
_MODULES = _HERE.parents[2] / "src" / "yixian" / "web" / "static" / "field_app"


def app_writes(
    pack: Pack, sheet: Sheet, cases: Iterable[Mapping[str, str]], *, today: str = "2026-11-30"
) -> list[Any]:
    """Of each case of answers by path (`tests.engines.survey.filling`): its problems' questions, and its XML."""
    form = json.loads(json.dumps(sheet_definition(pack, sheet)))
    given = {
        "modules": str(_MODULES),
        "form": form,
        "sheets": [_typed(case, f"case-{number}") for number, case in enumerate(cases)],
        "today": today,
    }
    result = subprocess.run(
        ["node", str(_HERE / "write_instances.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found: list[Any] = json.loads(result.stdout)
    return found


def _typed(case: Mapping[str, str], instance_id: str) -> dict[str, Any]:
    """The answers as the app's page keeps them."""
    sheet: dict[str, Any] = {
        "id": instance_id,
        "household": case.get("household_id", ""),
        "measured_on": case.get("measured_on", ""),
        "begun": "2026-11-02T09:00:00.000Z",
        "finished": "2026-11-02T09:30:00.000Z",
        "items": [],
        "present": {},
    }
    for path, value in case.items():
        first, *rest = path.split("/")
        if first.startswith("item["):
            at = int(first[5:-1])
            while len(sheet["items"]) < at:
                sheet["items"].append({"code": "", "values": {}, "photographs": {}, "remark": ""})
            item = sheet["items"][at - 1]
            if rest[-1] == "item_code":
                item["code"] = value
            else:
                item["photographs" if rest[-1].startswith("photo_") else "values"][rest[-1]] = value
        elif rest:
            sheet["present"].setdefault(first, {})[rest[0]] = value
    return sheet
