"""工作道: a lane of background work, each piece done in a forked child process that gives its memory back when it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from django.db import connections

_PR_SET_PDEATHSIG = 1


class Lane:
    """One kind of work: looked for every so many seconds while none of it is being done, and done in a child."""

    def __init__(
        self,
        every: float,
        is_waiting: Callable[[], bool],
        do: Callable[[], None],
        if_cut_off: Callable[[], None] = lambda: None,
    ) -> None:
        self._every, self._is_waiting, self._do, self._if_cut_off = every, is_waiting, do, if_cut_off
        self._next = 0.0
        self._child: ForkProcess | None = None
        self._owner = os.getpid()

    def look(self) -> None:
        """Begin the work if there is any and its time to look has come."""
        if self._child is not None and self._child.is_alive():
            return
        ended, self._child = self._child, None
        if ended is not None and ended.exitcode:
            self._if_cut_off()
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        if self._is_waiting():
            connections.close_all()  # no connection may be shared by two processes
            self._child = get_context("fork").Process(target=_work, args=(self._do, self._owner))
            self._child.start()

    def tell(self, number: int) -> None:
        """Send the child a signal, if there is one and it is ours."""
        if self._child is not None and os.getpid() == self._owner and self._child.pid is not None:
            os.kill(self._child.pid, number)

    def await_end(self) -> None:
        """Wait until what is being done has ended."""
        if self._child is not None:
            self._child.join()


def _work(do: Callable[[], None], keeper: int) -> None:
    """In the child: do the work. Should its keeper be killed, it is killed as well: nobody would know of its work any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == keeper:
        do()
