"""看护: a program slow to answer on a loaded machine is waited for; one that never runs ends the whole with a sentence."""

from __future__ import annotations

import os
import signal
import sys

import click
import pytest

from yixian.cli.supervise import _START_SECONDS
from yixian.cli.supervisor import Program, Supervisor


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_it_waits_until_the_pages_answer_and_only_then_starts_the_rest() -> None:
    asked: list[bool] = []
    pages, work = Program("pages", ["sleep", "60"]), Program("work", ["sleep", "60"])

    def ready() -> bool:
        asked.append(work.process is None)
        return len(asked) == 4

    Supervisor([pages, work], os.environ).run(ready=ready, when_ready=stop, within=60)
    assert asked == [True] * 4
    assert work.process is not None
    assert {pages.process.returncode, work.process.returncode} == {-signal.SIGTERM}  # type: ignore[union-attr]


def test_a_loaded_machine_has_ten_minutes() -> None:
    assert _START_SECONDS >= 600


def test_pages_that_never_answer_end_it_with_a_sentence() -> None:
    pages = Program("pages", ["sleep", "60"])
    with pytest.raises(click.ClickException, match="Nothing answers"):
        Supervisor([pages], os.environ).run(ready=lambda: False, when_ready=stop, within=0.3)
    assert pages.has_ended()


def test_a_program_that_keeps_ending_is_given_up() -> None:
    pages = Program("pages", [sys.executable, "-c", ""])
    with pytest.raises(click.ClickException, match="keeps ending"):
        Supervisor([pages], os.environ).run(ready=lambda: False, when_ready=stop, within=60)
