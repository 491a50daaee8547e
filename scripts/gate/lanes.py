"""泳道: the runs of pytest: on SQLite, on PostgreSQL, in a browser; each over all cores, each with homes of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from clock import clock_set_to
from gate.commands import ROOT, own_environment, run
from gate.counting import Count
from private_postgres import private_postgres

BROWSER = "tests/browser"

OTHER_DAYS = ("2026-12-31 23:55+08:00", "2028-02-29 00:05+08:00")
"""The last minutes of a year; a leap day that has begun in Beijing and not in UTC, in a year the shipped calendar ends before."""

CLOCK_FOLDERS = ("tests/web/duty", "tests/web/figures", "tests/web/working_groups")
"""Where most hangs on what day it is."""

NOT_OF_A_DAY = ["-k", "not budget"]
"""How many questions a page asks of the database hangs on no day."""

SQLITE_ENOUGH = ("tests/web", "tests/paper", "tests/house", "tests/demo")
"""What is run on PostgreSQL only when its room is asked for: pages, papers and the house's own rules. What pages ask of a
database is asked there by the rooms' tests and by those of access, which call every address and order every list."""

WITHOUT_DATABASE = ("tests/domain", "tests/engines")
"""Has no test that asks a database, and may have none: the walls keep Django out of what they test. Not even collected."""

LEFT_OUT_ON_POSTGRESQL = [
    *(f"--ignore={folder}" for folder in (*SQLITE_ENOUGH, *WITHOUT_DATABASE)),
    *("-m", "not sqlite_enough"),
]
"""The marker is for single tests of rooms that run on both: what they prove by their many requests hangs on no database."""

WORKERS = max(2, min(os.cpu_count() or 2, 8))

NOTHING_COLLECTED = 5
"""pytest's exit code where a room has no test of a kind."""


@dataclass(frozen=True)
class Gate:
    """One call of the gate: where homes are made, what is counted, the folders asked for (none: all).

    ``at`` is the moment at which all but the browser's tests begin; without one it is now, and for the folders that hang
    most on it, on `OTHER_DAYS` too.
    """

    homes: Path
    count: Count
    folders: tuple[str, ...] = ()
    at: str = ""

    def without_database(self) -> list[str]:
        """What asks no database and no browser, and is quick."""
        chosen = ["--without-database", "-m", "not slow and not proof"]
        return self._lane("tests without a database", chosen, self._indoors(), self._clock())

    def on_sqlite(self) -> list[str]:
        """Everything but the browser, on SQLite."""
        return self._lane("tests on SQLite", [], self._indoors(), self._made_once() | self._clock())

    def on_postgresql(self) -> list[str]:
        """What asks a database, on a private PostgreSQL."""
        with private_postgres() as url:
            environment = {"DATABASE_URL": url} | self._clock()
            left_out = [] if self.folders else LEFT_OUT_ON_POSTGRESQL
            return self._lane(
                "tests on PostgreSQL", ["--only-database", *left_out], self._indoors(), environment
            )

    def on_other_days(self) -> list[str]:
        """What hangs most on the day, with the clock set to others: a process for each day, all at once."""
        chosen = [one for one in CLOCK_FOLDERS if not self.folders or one in self.folders]
        if self.at or not chosen:
            return []

        def at(day: str) -> list[str]:
            return self._lane(f"tests at {day}", NOT_OF_A_DAY, chosen, clock_set_to(day), apart=True)

        with ThreadPoolExecutor(WORKERS) as days:
            return [failed for each in days.map(at, OTHER_DAYS) for failed in each]

    def in_a_browser(self) -> list[str]:
        """What drives a browser against the real server."""
        chosen = [BROWSER] if not self.folders else [one for one in self.folders if one.startswith(BROWSER)]
        return self._lane("tests in a browser", [], chosen, self._made_once()) if chosen else []

    def _made_once(self) -> dict[str, str]:
        """Where lanes find what another one has made (`tests.made_once`): only what was made at the same moment."""
        return {} if self.at else {"MADE_ONCE": str(self.homes / "made-once")}

    def _clock(self) -> dict[str, str]:
        return clock_set_to(self.at) if self.at else {}

    def _indoors(self) -> list[str]:
        if not self.folders:
            return ["tests", f"--ignore={BROWSER}"]
        return [folder for folder in self.folders if not folder.startswith(BROWSER)]

    def _lane(
        self,
        name: str,
        options: Sequence[str],
        folders: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        apart: bool = False,
    ) -> list[str]:
        """One run of pytest, added to the count; its name if it failed. On all cores, or in one process beside others."""
        home = self.homes / re.sub(r"\W+", "-", name)
        report = self.homes / f"{home.name}.xml"
        command = [
            *("pytest", "-q", "--durations=5"),
            *(() if apart else ("-n", str(WORKERS), "--dist", "worksteal")),
            *(f"--junitxml={report}", *options, *folders),
        ]
        fine = (0, NOTHING_COLLECTED) if self.folders else (0,)
        own = own_environment(home) | dict(environment or {})
        passed = run(name, command, own, apart=apart, fine=fine)
        if report.exists():
            self.count.add(report)
        return [] if passed else [name]


def folders_of(room: str) -> tuple[str, ...]:
    """Every folder of tests that bears the room's name, at any depth. Raises `SystemExit` with the names that there are."""
    folders = [
        path for path in (ROOT / "tests").rglob("*") if path.is_dir() and not path.name.startswith("_")
    ]
    found = tuple(sorted(str(path.relative_to(ROOT)) for path in folders if path.name == room))
    if not found:
        known = ", ".join(sorted({path.name for path in folders if any(path.glob("test_*.py"))}))
        raise SystemExit(f"No folder of tests is called {room!r}. There are: {known}")
    return found


Lane = Callable[[], list[str]]
