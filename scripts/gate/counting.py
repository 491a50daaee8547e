"""计数: what ran and how long each folder took, from pytest's reports in JUnit's form."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PASSED, SKIPPED, FAILED = 0, 1, 2

_DEEP = {"web", "engines", "domain"}
"""Folders whose own folders are counted: each is a room of its own."""


@dataclass
class Count:
    """What ran, summed over the runs of pytest; a test with many parts counts once in a run."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    tests: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def ran(self) -> int:
        """Tests that were carried out, whatever came of it."""
        return self.passed + self.failed

    def add(self, report: Path) -> None:
        """Add one run's report."""
        worst: dict[tuple[str, str], int] = {}
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - pytest's own file
            key = (case.get("classname", ""), case.get("name", ""))
            folder = folder_of(key[0])
            self.tests[folder] += key not in worst
            self.seconds[folder] = self.seconds.get(folder, 0.0) + float(case.get("time", "0"))
            worst[key] = max(worst.get(key, PASSED), _badness(case))
        outcomes = list(worst.values())
        self.passed += outcomes.count(PASSED)
        self.skipped += outcomes.count(SKIPPED)
        self.failed += outcomes.count(FAILED)


def folder_of(classname: str) -> str:
    """``tests.web.matters.test_list`` is in ``web/matters``; ``tests.matters.test_mail`` in ``matters``."""
    parts = classname.split(".")[1:]
    modules = next((at for at, part in enumerate(parts) if part.startswith("test_")), len(parts))
    return "/".join(parts[: min(modules, 2 if parts and parts[0] in _DEEP else 1)]) or "."


def _badness(case: ET.Element) -> int:
    if case.find("failure") is not None or case.find("error") is not None:
        return FAILED
    return PASSED if case.find("skipped") is None else SKIPPED
