"""长跑证明: property tests of thousands of numbered cases; the gate runs the first of them, ``make proof`` all.

A test that takes the fixture ``cases`` is marked ``@pytest.mark.proof(cases=10_000, slice=2_000)`` and goes through the
numbers it is given; each case is drawn from its own number alone, so that a failure is repeated by that number. With
``--proof`` all are run, progress is kept in ``proofs/``, and a run that was cut off goes on where it stopped, as long as the
sources are the same.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection
from hypothesis import settings

from scripts.gate.sources import NotCommitted, sources

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "proofs"
KEPT_EVERY = 20.0
"""Seconds between two times that progress is written down."""


Test = TypeVar("Test", bound=Callable[..., Any])

_is_proof = False


def configure(*, is_proof: bool) -> None:
    """Say, before tests are collected, whether this is the proof."""
    global _is_proof  # noqa: PLW0603 - decorators run when a module of tests is read
    _is_proof = is_proof


def examples(total: int, *, gate: int, **more: Any) -> Callable[[Test], Test]:
    """Of a test with examples drawn by Hypothesis: ``total`` of them with ``--proof``, the first ``gate`` in the gate.

    ``more`` is as of Hypothesis's settings.
    """

    def drawn(test: Test) -> Test:
        marked: Test = pytest.mark.proof(cases=total, slice=gate)(test)
        return settings(max_examples=total if _is_proof else gate, deadline=None, **more)(marked)

    return drawn


def cases_of(item: pytest.Item) -> tuple[int, int]:
    """How many cases a proof has, and how many of them the gate runs."""
    marker = item.get_closest_marker("proof")
    assert marker is not None, (
        "a test that takes `cases` says how many: @pytest.mark.proof(cases=..., slice=...)"
    )
    return int(marker.kwargs["cases"]), int(marker.kwargs["slice"])


@pytest.fixture
def counted() -> dict[str, int]:
    """What a proof counts beside its cases; kept with its result, and added to over its runs."""
    return {}


@pytest.fixture
def cases(request: pytest.FixtureRequest, counted: dict[str, int]) -> Iterator[Iterator[int]]:
    """The numbers of the cases to run: the gate's slice, or with ``--proof`` what is still to be done of all."""
    total, part = cases_of(request.node)
    if not request.config.getoption("--proof"):
        yield iter(range(part))
        return
    progress = Progress(request.node.nodeid, total)
    yield iter(progress)
    progress.count(counted)
    assert progress.done == total, f"{progress.done} of {total} cases were run"


class Progress:
    """How far a proof has come, in a file: its cases, the sources it was run on, its database, its seconds, its day."""

    def __init__(self, test: str, total: int) -> None:
        self.test, self.total = test, total
        name = re.sub(r"\W+", "-", test.removeprefix("tests/")).strip("-")
        self.file = RESULTS / f"{name}.{connection.vendor}.json"
        self.sources = _sources()
        kept = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}
        same = kept.get("sources") == self.sources and kept.get("cases") == total
        self.done, self.seconds = (kept["done"], kept["seconds"]) if same else (0, 0.0)
        self.counted: dict[str, int] = kept.get("counted", {}) if same else {}

    def __iter__(self) -> Iterator[int]:
        """Each case that is still to be run; one counts as done once the next is asked for."""
        began = kept = time.monotonic()
        before = self.seconds
        while self.done < self.total:
            yield self.done
            self.done += 1
            self.seconds = before + time.monotonic() - began
            if time.monotonic() - kept > KEPT_EVERY:
                self.keep()
                kept = time.monotonic()
        self.keep()

    def count(self, more: dict[str, int]) -> None:
        """Add what a run has counted."""
        self.counted = {
            name: self.counted.get(name, 0) + number for name, number in more.items()
        } or self.counted
        self.keep()

    def keep(self) -> None:
        """Write down how far it has come."""
        result = {
            "test": self.test,
            "cases": self.total,
            "done": self.done,
            "sources": self.sources,
            "database": connection.vendor,
            "seconds": round(self.seconds),
            "day": date.today().isoformat(),  # noqa: DTZ011 - the day on this machine
        } | ({"counted": self.counted} if self.counted else {})
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _sources() -> str:
    """What the proof is run on. Raises `pytest.UsageError` if not all of it is committed."""
    try:
        return sources()
    except NotCommitted as error:
        raise pytest.UsageError(str(error)) from error
