"""草稿副本: a copy of the committed repository in which a defect is planted, and what pytest says of it there."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gate.commands import own_environment, temporary_homes
from gate.defects import Defect
from gate.sources import git

ALL_PASSED, SOME_FAILED = 0, 1
"""pytest's exit codes; every other one says that the tests were not run as they should be."""

TOO_LONG = 1800.0
"""Seconds after which a run is given up: the defect made something wait for ever."""

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+::.*?)(?: - .*)?$", re.MULTILINE)


class NotTheCopy(Exception):
    """The tests of a copy would test another one's product."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How tests went: pytest's exit code (-1: given up), the first test that failed, how long it took, the last words."""

    code: int
    test: str
    seconds: float
    said: str


class Scratch:
    """One copy; one defect at a time. ``src`` of the copy stands before the product that the environment has installed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found = self._run("-c", "import yixian; print(yixian.__file__)").stdout.strip()
        if not Path(found).resolve().is_relative_to(folder.resolve() / "src"):
            raise NotTheCopy(f"the tests would import {found}")

    def with_defect(self, defect: Defect) -> Outcome:
        """Plant a defect, run its tests, and take it out again."""
        path = self._folder / defect.file
        sound = path.read_text(encoding="utf-8")
        path.write_text(defect.planted_in(sound), encoding="utf-8")
        try:
            return self.tests(defect.tests)
        finally:
            path.write_text(sound, encoding="utf-8")

    def tests(self, chosen: Sequence[str]) -> Outcome:
        """Run tests until the first that fails."""
        began = time.monotonic()
        options = ("-x", "-q", "--tb=no", "-p", "no:cacheprovider")
        try:
            done = self._run("-m", "pytest", *options, *chosen)
        except subprocess.TimeoutExpired:
            return Outcome(-1, "", time.monotonic() - began, "it did not end")
        first = _FAILED.search(done.stdout)
        said = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        return Outcome(done.returncode, first[1] if first else "", time.monotonic() - began, said)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with a home folder of its own."""
        with temporary_homes() as home:
            return subprocess.run(
                [sys.executable, *arguments],
                check=False,
                cwd=self._folder,
                env=own_environment(Path(home)) | {"PYTHONPATH": str(self._folder / "src")},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=TOO_LONG,
            )


@contextmanager
def scratch_copies(count: int) -> Iterator[list[Scratch]]:
    """So many copies of what is committed, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="yixian-planted-") as top:
        folders = [Path(top) / f"copy-{number}" for number in range(count)]
        try:
            for folder in folders:
                git("worktree", "add", "--quiet", "--detach", str(folder), "HEAD")
            yield [Scratch(folder) for folder in folders]
        finally:
            for folder in folders:
                if folder.exists():
                    git("worktree", "remove", "--force", str(folder))
