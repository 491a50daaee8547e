"""导入指南不过时: the guides list the very columns and errors that the product knows, in both languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from yixian.workbook.import_fault_texts import MESSAGES
from yixian.workbook.schema import SHEETS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "import_tables.py"


def test_the_guides_are_as_the_schema_and_the_rules_say() -> None:
    result = subprocess.run(
        [sys.executable, SCRIPT, "--check"], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["import.md", "import.zh.md"])
def test_every_column_and_every_error_has_its_row(name: str) -> None:
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    columns = [f"| {column.zh} {column.en} |" for sheet in SHEETS for column in sheet.columns]
    assert [head for head in columns if not any(row.startswith(head) for row in rows)] == []
    assert len(rows) >= len(columns) + len(MESSAGES)
