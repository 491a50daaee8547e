"""进度: a reporter that draws on the terminal, or writes one line a step where there is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

_WIDTH = 28


class TerminalProgress:
    """Redraws one line while a step goes on; on a pipe says only when a step begins.

    ``say`` puts a step's name into the reader's language.
    """

    def __init__(self, say: Callable[[str], str] = str) -> None:
        self._say = say
        self._step = ""
        self._drawn = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report (see `yixian.kernel.job_reports.Reporter`)."""
        if step != self._step:
            self.close()
            self._step = step
            if not self._live:
                click.echo(self._say(step), err=True)
        if self._live and (time.monotonic() - self._drawn > 0.1 or done >= total):
            self._drawn = time.monotonic()
            filled = _WIDTH * done // total if total else 0
            bar = "█" * filled + "·" * (_WIDTH - filled)
            click.echo(f"\r{bar} {self._say(step)}  {done}/{total}  ", nl=False, err=True)

    def close(self) -> None:
        """End the line of the step that was drawn last."""
        if self._step and self._live:
            click.echo("", err=True)
        self._step = ""
