"""检验: every check and every test, in the order in which they are cheapest to fail; counts what ran.

    .venv/bin/python scripts/test.py

Ends with a line ``N passed, N failed, N skipped`` and fails if anything failed, if no test ran, or if fewer ran than
``tests/floor.txt`` says: tests that silently vanish are a failure too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from private_postgres import private_postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
FLOOR = ROOT / "tests" / "floor.txt"

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("translations", ("python", "-m", "yixian.config.translations")),
    ("form", ("ruff", "format", "--check", "--quiet", ".")),
    ("rules", ("ruff", "check", "--quiet", ".")),
    ("types", ("mypy", "--no-error-summary")),
    ("walls", ("lint-imports", "--no-cache")),
    ("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
)


@dataclass
class Count:
    """What ran, summed over the runs of pytest; a test with many parts counts once."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add one run's report in JUnit's form."""
        worst: dict[tuple[str, str], int] = {}
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - pytest's own file
            key = (case.get("classname", ""), case.get("name", ""))
            worst[key] = max(worst.get(key, 0), _badness(case))
        outcomes = list(worst.values())
        self.passed += outcomes.count(0)
        self.skipped += outcomes.count(1)
        self.failed += outcomes.count(2)


def _badness(case: ET.Element) -> int:
    """0 passed, 1 skipped, 2 failed."""
    if case.find("failure") is not None or case.find("error") is not None:
        return 2
    return 1 if case.find("skipped") is not None else 0


def main() -> None:
    """Run everything, say what failed, and count."""
    began = time.monotonic()
    failures = [name for name, command in CHECKS if not step(name, command, own_home())]
    count = Count()
    with ThreadPoolExecutor(2) as lanes:
        for lane in [lanes.submit(on_sqlite, count), lanes.submit(on_postgresql_and_in_a_browser, count)]:
            failures += lane.result()
    floor = int(FLOOR.read_text())
    ran = count.passed + count.failed
    if ran == 0 or ran < floor:
        failures.append(f"only {ran} tests ran, and {floor} are expected (tests/floor.txt)")
    print(f"\n{ran} tests ran in {(time.monotonic() - began) / 60:.1f} minutes.")
    if failures:
        print(f"Not in order: {'; '.join(failures)}.")
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    sys.exit(1 if failures else 0)


def on_sqlite(count: Count) -> list[str]:
    """Everything but the browser, on SQLite; what failed."""
    return [] if tests("tests on SQLite", ["-m", "not browser"], {}, count) else ["tests on SQLite"]


def on_postgresql_and_in_a_browser(count: Count) -> list[str]:
    """Beside it, because most machines have two cores: what asks a database, on PostgreSQL, then the browser."""
    failures = []
    with private_postgres() as url:
        options = ["-m", "not browser", "--only-database"]
        if not tests("tests on PostgreSQL", options, {"DATABASE_URL": url}, count):
            failures.append("tests on PostgreSQL")
    if not tests("tests in a browser", ["-m", "browser"], {}, count):
        failures.append("tests in a browser")
    return failures


def tests(name: str, options: list[str], environment: Mapping[str, str], count: Count) -> bool:
    """One run of pytest with a home folder of its own, added to the count; whether all passed."""
    with tempfile.TemporaryDirectory(prefix="yixian-report-") as folder:
        report = Path(folder) / "report.xml"
        command = ("pytest", "-q", "--durations=5", f"--junitxml={report}", *options)
        passed = step(name, command, own_home(name) | environment, apart=True)
        if report.exists():
            count.add(report)
    return passed


def step(name: str, command: tuple[str, ...], environment: Mapping[str, str], *, apart: bool = False) -> bool:
    """Run one command and say how long it took; whether it succeeded.

    What runs beside something else (``apart``) says all it has to say when it ends, so that nothing is interleaved.
    """
    print(f"\n== {name}{' …' if apart else ''}", flush=True)
    began = time.monotonic()
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if apart else None,
        stderr=subprocess.STDOUT if apart else None,
        text=True,
    )
    said = f"\n== {name}\n{result.stdout}" if apart else ""
    outcome = "in order" if result.returncode == 0 else "FAILED"
    print(f"{said}   {name}: {outcome}, {time.monotonic() - began:.0f} s", flush=True)
    return result.returncode == 0


def own_home(name: str = "checks") -> dict[str, str]:
    """The environment without an installation's settings: nothing here may touch a real home folder or database.

    Each run has a home of its own, so that two beside each other do not share what they keep.
    """
    home = HOME / name.replace(" ", "-")
    home.mkdir(exist_ok=True)
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("YIXIAN_") and key != "DATABASE_URL"
    }
    return kept | {"YIXIAN_HOME": str(home)}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="yixian-test-") as made:
        HOME = Path(made)
        main()
