"""检验: every check and every test, in the order in which they are cheapest to fail; counts what ran.

    .venv/bin/python scripts/test.py                everything (make test)
    .venv/bin/python scripts/test.py --quick        no database and no browser (make check)
    .venv/bin/python scripts/test.py --room duty    the folders of one room (make test ROOM=duty)
    .venv/bin/python scripts/test.py --at "2028-02-29 00:05+08:00"    as if it were that moment (make test AT=...)

Prints time by folder beside its budget and ends with a line ``N passed, N failed, N skipped``. Fails if anything failed, if
a folder took far more than its budget, if no test ran, or if fewer ran than ``tests/budgets.toml`` says: tests that
silently vanish are a failure too.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gate.budgets import budgets, failures, told, too_few
from gate.commands import own_environment, run, temporary_homes
from gate.counting import Count
from gate.lanes import Gate, Lane, folders_of

QUICK_CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("translations", ("python", "-m", "yixian.config.translations")),
    ("form", ("ruff", "format", "--check", "--quiet", ".")),
    ("rules", ("ruff", "check", "--quiet", ".")),
    ("walls", ("lint-imports", "--no-cache")),
)

SLOW_CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
    ("types", ("mypy", "--no-error-summary")),
)
"""Run beside the first tests."""


def main() -> None:
    """Run what was asked for, say what failed, and count."""
    parser = argparse.ArgumentParser(description="Check everything, or a part of it.")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--quick", action="store_true", help="no database and no browser")
    part.add_argument("--room", default="", help="only the folders of tests that bear this name")
    parser.add_argument(
        "--at", default="", metavar="MOMENT", help="as if it were that moment, but in the browser"
    )
    asked = parser.parse_args()
    began = time.monotonic()
    count, given = Count(), budgets()
    with temporary_homes() as homes:
        gate = Gate(Path(homes), count, folders_of(asked.room) if asked.room else (), asked.at)
        whole: list[Lane] = [gate.on_sqlite, gate.on_postgresql, gate.on_other_days, gate.in_a_browser]
        wrong = check_and_test([gate.without_database] if asked.quick else whole, Path(homes))
    wrong += failures(count, given) + too_few(count, given, quick=asked.quick, room=asked.room)
    print(told(count, given))
    print(f"\n{count.ran} tests ran in {(time.monotonic() - began) / 60:.1f} minutes.")
    if wrong:
        print(f"Not in order: {'; '.join(wrong)}.")
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    sys.exit(1 if wrong else 0)


def check_and_test(lanes: list[Lane], homes: Path) -> list[str]:
    """The quick checks, then the slow ones beside the tests; the names of what failed."""
    checks = own_environment(homes / "checks")
    wrong = [name for name, command in QUICK_CHECKS if not run(name, command, checks)]
    with ThreadPoolExecutor(1) as aside:
        beside = [aside.submit(run, name, command, checks, apart=True) for name, command in SLOW_CHECKS]
        for lane in lanes:
            wrong += lane()
        wrong += [name for (name, _), one in zip(SLOW_CHECKS, beside, strict=True) if not one.result()]
    return wrong


if __name__ == "__main__":
    main()
