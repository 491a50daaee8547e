"""示范进度: what is being done for a demonstration, how far it is, and the seconds that each step took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_QUIET_SECONDS = 5.0
"""On a pipe a long step says at least this often how far it is."""

_REDRAW_SECONDS = 0.1


class StepProgress:
    """A reporter (`yixian.kernel.jobs.Reporter`) that knows which step of how many it is in.

    A terminal shows one line a step, drawn again while the step goes on; a pipe gets a line when a step begins, one every
    few seconds while it lasts, and one with its seconds at the end of a long one.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._begun = self._step_begun = self._said = time.monotonic()
        self._heading = ""
        self._live = sys.stdout.isatty()

    @contextmanager
    def step(self, number: int, title: str) -> Iterator[None]:
        """Say that a step begins, and when it is done how long it took."""
        self._step_begun = self._said = time.monotonic()
        self._heading = f"{number:2}/{self._steps}  {title}"
        self._say(f"{self._heading} …", over=True)
        yield
        seconds = time.monotonic() - self._step_begun
        if self._live or seconds >= _QUIET_SECONDS:
            self._say(f"{self._heading}: {seconds:.1f} s")

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report how far the step is: ``step`` is its part (a message id), then the count in it."""
        now = time.monotonic()
        if now - self._said < (_REDRAW_SECONDS if self._live else _QUIET_SECONDS):
            return
        self._said = now
        count = f" {done}/{total}" if total else ""
        self._say(f"{self._heading}: {step}{count} …", over=True)

    def _say(self, words: str, *, over: bool = False) -> None:
        """One line with the seconds since the beginning; on a terminal ``over`` lets the next line be drawn over it."""
        line = f"{time.monotonic() - self._begun:6.1f} s  {words}"
        if self._live:
            click.echo(f"\r\x1b[2K{line}", nl=not over)
        else:
            click.echo(line)
        sys.stdout.flush()
