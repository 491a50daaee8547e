"""A county's workbook that LibreOffice has opened and saved is the same county."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from yixian.workbook.actions.export import export
from yixian.workbook.models import ImportBatch
from yixian.workbook.queries import faults_of
from yixian.workbook.schema import sheet

from .conftest import AT, SYSTEM

WAYS = (("xlsx",), ("ods", "xlsx"), ("fods", "ods", "xlsx"))
"""The forms in which it is saved, one after another."""


def saved(path: Path, forms: tuple[str, ...], folder: Path) -> Path:
    """The workbook as LibreOffice writes it."""
    assert shutil.which("soffice"), (
        "LibreOffice is not installed: sudo apt-get install libreoffice-calc-nogui"
    )
    for number, form in enumerate(forms):
        target = folder / str(number)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(target), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        path = target / f"{path.stem}.{form}"
    return path


@pytest.mark.sqlite_enough
@pytest.mark.proof(cases=len(WAYS), slice=0)
def test_nothing_changes_by_being_saved(
    cases: Iterator[int],
    county_file: Path,
    enter: Callable[..., ImportBatch],
    bring: Callable[[Path], ImportBatch],
    tmp_path: Path,
) -> None:
    """Neither what came in nor what goes out: no fault, nothing new, nothing changed, nothing removed; a change is seen."""
    enter(county_file)
    out = tmp_path / "out.xlsx"
    export(out, actor=SYSTEM, at=AT)
    for case in cases:
        for path in (county_file, out):
            batch = bring(saved(path, WAYS[case], tmp_path / f"{case}-{path.stem}"))
            assert faults_of(batch) == []
            assert (batch.summary["new_count"], batch.summary["change_count"]) == (0, 0)
            assert all(page["unchanged"] == page["rows"] for page in batch.summary["sheets"])
        changed = saved(with_another_address(out, tmp_path), WAYS[case], tmp_path / f"{case}-changed")
        batch = bring(changed)
        assert faults_of(batch) == []
        (row,) = batch.summary["changes"]
        assert [change["new"] for change in row["changes"]] == ["=1+1 不是公式"]


def with_another_address(path: Path, folder: Path) -> Path:
    """One household lives somewhere else, in words that begin as a formula does."""
    book = openpyxl.load_workbook(path)
    page = book[sheet("households").zh]
    column = next(cell.column for cell in page[1] if cell.value and str(cell.value).startswith("住址"))
    cell = page.cell(3, column)
    cell.value, cell.data_type = "=1+1 不是公式", "s"
    changed = folder / "changed.xlsx"
    book.save(changed)
    return changed
