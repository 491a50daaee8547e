"""进度: a reporter that draws on the terminal, or writes one line a step where there is none."""

from __future__ import annotations

import sys
import time

import click
from django.utils.translation import gettext

_WIDTH = 28


class TerminalProgress:
    """Redraws one line while a step goes on; on a pipe says only when a step begins."""

    def __init__(self) -> None:
        self._step = ""
        self._drawn = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report (see `yixian.kernel.jobs.Reporter`)."""
        if step != self._step:
            self.close()
            self._step = step
            if not self._live:
                click.echo(gettext(step), err=True)
        if self._live and (time.monotonic() - self._drawn > 0.1 or done >= total):
            self._drawn = time.monotonic()
            filled = _WIDTH * done // total if total else 0
            bar = "█" * filled + "·" * (_WIDTH - filled)
            click.echo(f"\r{bar} {gettext(step)}  {done}/{total}  ", nl=False, err=True)

    def close(self) -> None:
        """End the line of the step that was drawn last."""
        if self._step and self._live:
            click.echo("", err=True)
        self._step = ""
