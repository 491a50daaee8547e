"""提交说明: the hook for a commit's first line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "commit_subject.py"


def verdict(tmp_path: Path, message: str) -> tuple[int, str]:
    file = tmp_path / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    result = subprocess.run([sys.executable, SCRIPT, file], check=False, capture_output=True, text=True)
    return result.returncode, result.stderr


def test_a_line_that_says_what_changes_passes(tmp_path: Path) -> None:
    assert verdict(tmp_path, "Fold each room's migrations into one\n\nWhy: 21 s a database.\n") == (0, "")
    assert verdict(tmp_path, f"{'x' * 72}\n") == (0, "")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("wip-hero", "finished work"),
        ("WIP askings", "finished work"),
        ("Merge branch 'docs5'", "finished work"),
        ("fixup! Test the pages of figures", "finished work"),
        ("x" * 73, "73 characters"),
        ("# only a comment\n\n", "what changes"),
    ],
)
def test_anything_else_is_stopped_with_its_reason(tmp_path: Path, message: str, reason: str) -> None:
    code, said = verdict(tmp_path, message)
    assert code == 1
    assert reason in said
