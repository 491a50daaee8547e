"""示范进度: what is being done for a demonstration, how far it is, and the seconds that each step takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click

_TERMINAL_SECONDS, _PIPE_SECONDS = 0.5, 5.0
"""How often a step that lasts says how far it is: on a terminal in its own line, on a pipe in a new one."""


class StepProgress:
    """A reporter (`yixian.kernel.job_reports.Reporter`) that names the steps of a demonstration and says how far each is."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._part = ""
        self._live = sys.stdout.isatty()

    @contextmanager
    def step(self, heading: str) -> Iterator[None]:
        """Say that a step begins, go on saying how far it is, and at its end how long it took."""
        begun, over = time.monotonic(), Event()
        self._part = ""
        self._say(f"{heading} …", stays=not self._live)
        teller = Thread(target=self._tell, args=(heading, over), daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()
        if self._live or time.monotonic() - begun >= _PIPE_SECONDS:
            self._say(f"{heading}: {time.monotonic() - begun:.1f} s", stays=True)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report how far the step is: its part (a message id) and the count in it."""
        self._part = f"{step}, {100 * done // total} %" if total else step

    def _tell(self, heading: str, over: Event) -> None:
        while not over.wait(_TERMINAL_SECONDS if self._live else _PIPE_SECONDS):
            self._say(f"{heading} … {self._part}".rstrip(), stays=not self._live)

    def _say(self, words: str, *, stays: bool) -> None:
        """One line, with the seconds since the beginning; on a terminal the next is drawn over one that does not stay."""
        line = f"{time.monotonic() - self._begun:6.1f} s  {words}"
        click.echo(f"\r\x1b[2K{line}" if self._live else line, nl=stays)
        sys.stdout.flush()
