"""The register's own workbook, spoiled in two dozen ways: it changes nothing, or what is wrong is named where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from django.core.files import File

from yixian.engines.entitlements import load_pack
from yixian.kernel.job_reports import silent
from yixian.workbook.access import EVERYTHING
from yixian.workbook.actions.check import Checked, examine
from yixian.workbook.actions.export import export
from yixian.workbook.models import ImportBatch
from yixian.workbook.schema import SHEETS
from yixian.workbook.writing import write_workbook

from .conftest import AT, PACK, SYSTEM
from .mutated_workbooks import WAYS, Right

HOUSEHOLDS = 12


@pytest.fixture
def sound(county_rows: dict[str, list[dict[str, Any]]], enter: Any, tmp_path: Path) -> Path:
    """A few households in the register, and the register's own workbook."""
    source, path = tmp_path / "source.xlsx", tmp_path / "sound.xlsx"
    few = {row["household_no"] for row in county_rows["households"][:HOUSEHOLDS]}
    rows = {key: county_rows[key] for key in ("areas", "organisations")}
    for key in ("households", "persons", "items"):
        rows[key] = [row for row in county_rows[key] if row["household_no"] in few]
    write_workbook(source, rows, pack=load_pack(PACK))
    enter(source)
    export(path, actor=SYSTEM, at=AT)
    return path


def checked(path: Path) -> Checked:
    """What a check of this file finds; it is not kept."""
    batch = ImportBatch(file_name=path.name, sha256="0" * 64, uploaded_at=AT)
    with path.open("rb") as content:
        batch.file.save(path.name, File(content), save=False)
        return examine(batch, EVERYTHING, at=AT, report=silent)


def fault_of(right: Right, found: Checked) -> str:
    """What went wrong with a case; "" for nothing."""
    places = {(fault.sheet, fault.row) for fault in found.staged.faults}
    changes = [
        (page.key, row.number)
        for page in SHEETS
        for row in [*found.plan[page.key].new, *(change.row for change in found.plan[page.key].changed)]
    ]
    if changes:
        return f"would change {changes[:5]}"
    if not right.named:
        return ""
    named = {
        one for one in places if one[0] in {right.sheet, ""} and (not right.row or one[1] in {right.row, 0})
    }
    return "" if named else f"not named; named are {sorted(places)[:5]}"


@pytest.mark.sqlite_enough
@pytest.mark.django_db
@pytest.mark.proof(cases=104, slice=3)
def test_a_spoiled_workbook_changes_nothing_or_is_named_where_it_is_wrong(
    cases: Iterator[int], sound: Path, tmp_path: Path
) -> None:
    faults = []
    for number in cases:
        name, spoil = WAYS[number * 5 % len(WAYS)]
        book = openpyxl.load_workbook(sound)
        right = spoil(Random(number), book)
        path = tmp_path / f"{number}.xlsx"
        book.save(path)
        fault = fault_of(right, checked(path))
        if fault:
            faults.append(f"{number} {name} {right}: {fault}")
    assert not faults, "\n".join(faults)
