"""docs/faults.md: each fault that was found has its test, which is there, and its commit, which is in the history."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(
    r"^\| (?!no\. |---)(?P<no>[^|]+) \| [^|]+ \| [^|]+ \| (?P<commits>[^|]*) \| (?P<proof>[^|]+) \|$",
    re.MULTILINE,
)
_TEST = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")
_COMMIT = re.compile(r"“([^”]+)”")


def rows() -> list[re.Match[str]]:
    return list(_ROW.finditer((ROOT / "docs" / "faults.md").read_text(encoding="utf-8")))


def _history() -> set[str]:
    """Every commit's subject; nothing where there is no history, or only its end."""
    shallow = _git("rev-parse", "--is-shallow-repository")
    return set(_git("log", "--format=%s").splitlines()) if shallow.strip() == "false" else set()


def _git(*words: str) -> str:
    if not (ROOT / ".git").exists():
        return ""
    return subprocess.run(("git", *words), cwd=ROOT, check=False, capture_output=True, text=True).stdout


def test_every_fault_has_its_test_and_each_is_there() -> None:
    assert len(rows()) >= 80
    for row in rows():
        tests = _TEST.findall(row["proof"])
        assert tests or row["proof"].startswith("left: "), f"{row['no']}: neither a test nor why it is left"
        assert bool(tests) == bool(row["commits"].strip()), (
            f"{row['no']}: a test and a commit belong together"
        )
        for path, name in tests:
            file = ROOT / path
            assert file.is_file(), f"{row['no']}: there is no {path}"
            assert f"def {name}(" in file.read_text(encoding="utf-8"), f"{row['no']}: no {name} in {path}"


def test_every_commit_is_in_the_history() -> None:
    history = _history()
    if not history:
        return  # an archive or a shallow clone of continuous integration: the tests alone are checked
    unknown = {subject for row in rows() for subject in _COMMIT.findall(row["commits"])} - history
    assert unknown == set()


@pytest.mark.parametrize("line", ["| 1 | words | kind | “No such commit” | `tests/x.py::test_y` |"])
def test_a_line_that_names_nothing_would_be_read(line: str) -> None:
    row = _ROW.match(line)
    assert row is not None
    assert _TEST.findall(row["proof"]) == [("tests/x.py", "test_y")]
    assert _COMMIT.findall(row["commits"]) == ["No such commit"]
