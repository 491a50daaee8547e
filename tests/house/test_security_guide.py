"""The table of ASVS: whole, counted rightly, and every test and file that it names is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "security.md"
VERDICTS = ("pass", "argued", "partly", "county", "n/a")
REQUIREMENTS = 253
"""Of ASVS 5.0 at levels 1 and 2."""

_ROW = re.compile(r"^\| (V\d+)\.(\d+\.\d+) \| L[12] \| (\S+) \| .+? \| (.+) \|$", re.MULTILINE)
_SUMMARY = re.compile(r"^\| (V\d+|all|合计) \|((?: \d+ \|){5})$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """Chapter, requirement, verdict and evidence of each row."""
    return _ROW.findall(GUIDE.read_text(encoding="utf-8"))


def test_every_requirement_stands_there_once_with_a_verdict_and_evidence() -> None:
    found = rows()
    assert len({(chapter, number) for chapter, number, _verdict, _evidence in found}) == REQUIREMENTS
    assert len(found) == REQUIREMENTS
    assert {verdict for _chapter, _number, verdict, _evidence in found} <= set(VERDICTS)
    assert all(evidence.strip() for _chapter, _number, _verdict, evidence in found)


def test_the_sums_are_those_of_the_rows() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for chapter, _number, verdict, _evidence in rows():
        counted[chapter, verdict] += 1
        counted["all", verdict] += 1
    for guide in (GUIDE, GUIDE.with_suffix(".zh.md")):
        summary = _SUMMARY.findall(guide.read_text(encoding="utf-8"))
        assert len(summary) == 18
        for chapter, numbers in summary:
            told = [int(number) for number in re.findall(r"\d+", numbers)]
            known = "all" if chapter == "合计" else chapter
            assert told == [counted[known, verdict] for verdict in VERDICTS], (guide.name, chapter)


def test_every_test_and_file_that_is_named_is_there() -> None:
    text, missing = GUIDE.read_text(encoding="utf-8"), list[str]()
    for place, test in re.findall(r"`(tests/[\w./]+)(?:::(\w+))?`", text):
        path = ROOT / place
        is_there = path.exists() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))
        missing += [] if is_there else [f"{place} {test}"]
    for file in re.findall(r"`((?:kernel|web|config|cli|registry|api)/[\w/]+\.py)`", text):
        missing += [] if (ROOT / "src" / "yixian" / file).exists() else [file]
    assert missing == []
