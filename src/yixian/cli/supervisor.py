"""看护: keeps a few programs running side by side, and ends them all when it is told to."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import click

_TICK = 0.1
_GRACE_SECONDS = 8.0
"""How long a stopping program may finish what it is doing before it is told again, and then ended."""

_RESTARTS, _RESTART_SECONDS = 5, 60.0
"""A program that ends more often than this in so many seconds will not get well by starting it again."""

_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Program:
    """A program to keep running, under the name that people are told."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=_RESTARTS))

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, out of reach of the terminal's Ctrl+C, which is for its keeper."""
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_keeper,  # noqa: PLW1509 - the keeper has no threads
        )

    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process is not None and self.process.poll() is not None

    def tell(self, number: int) -> None:
        """Send it a signal if it still runs; SIGKILL also to every process that it has started itself."""
        if self.process is None or self.process.poll() is not None:
            return
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def fails_too_often(self) -> bool:
        """Note an end; whether it was one too many."""
        self.ends.append(time.monotonic())
        return len(self.ends) == _RESTARTS and self.ends[-1] - self.ends[0] < _RESTART_SECONDS


class Supervisor:
    """Runs programs until SIGINT or SIGTERM, and starts again what ends by itself."""

    def __init__(self, programs: Sequence[Program], environment: Mapping[str, str]) -> None:
        self._programs = programs
        self._environment = environment
        self._stopping = False

    def run(self, *, ready: Callable[[], bool], when_ready: Callable[[], None], within: float) -> None:
        """Start the first program, the others once ``ready`` says so, then call ``when_ready`` and watch until told to stop.

        Raises `click.ClickException` if a program keeps ending, or nothing is ready ``within`` so many seconds.
        """
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            first, *others = self._programs
            first.start(self._environment)
            self._await(ready, within)
            if not self._stopping:
                for program in others:
                    program.start(self._environment)
                when_ready()
            while not self._stopping:
                self._look_after()
                time.sleep(_TICK)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _await(self, ready: Callable[[], bool], within: float) -> None:
        end = time.monotonic() + within
        while not self._stopping and not ready():
            self._look_after()
            if time.monotonic() > end:
                raise click.ClickException(f"Nothing answers after {within:.0f} seconds.")
            time.sleep(_TICK)

    def _look_after(self) -> None:
        for program in self._programs:
            if not program.has_ended():
                continue
            if program.fails_too_often():
                raise click.ClickException(
                    f"The process for {program.name} keeps ending; see its messages above."
                )
            click.echo(f"The process for {program.name} ended; it is started again.", err=True)
            program.start(self._environment)

    def _end_all(self) -> None:
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            for program in self._programs:
                program.tell(number)
            if self._all_ended(_GRACE_SECONDS):
                return

    def _all_ended(self, within: float) -> bool:
        end = time.monotonic() + within
        while not all(program.process is None or program.has_ended() for program in self._programs):
            if time.monotonic() > end:
                return False
            time.sleep(_TICK)
        return True


@contextmanager
def hold(lock: Path) -> Iterator[IO[str]]:
    """Hold a lock file while the block runs, and hand it over. Raises `click.ClickException` if another process holds it."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"The home folder {lock.parent} is in use by another yixian process. Stop that one first."
            ) from error
        yield file


def _end_with_keeper() -> None:
    """In the new process: ask Linux for SIGTERM should the keeper be killed, so that nothing is left running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
