"""定时进程: does what is due, again and again, beside the pages and the background work, until told to stop."""

from __future__ import annotations

import logging
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from yixian.kernel.actions.tick import run_due

LOOK_EVERY_SECONDS = 15.0
_STOP_WITHIN_SECONDS = 0.2

_logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """``ticking``: run ticks until told to stop; the one that is running is ended first."""

    help = "Do, again and again, what is due in this home folder."

    _told_to_stop = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look, do, wait."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._told_to_stop:
            self._look()
            self._wait()

    def _look(self) -> None:
        """One round. A database that does not answer is asked again in the next one: it may be starting anew."""
        close_old_connections()
        try:
            run_due(at=timezone.now(), stopping=lambda: self._told_to_stop)
        except (DatabaseError, InterfaceError) as error:
            _logger.error("What is due cannot be looked up: %s", type(error).__name__)  # noqa: TRY400 - no values

    def _wait(self) -> None:
        end = time.monotonic() + LOOK_EVERY_SECONDS
        while not self._told_to_stop and time.monotonic() < end:
            time.sleep(_STOP_WITHIN_SECONDS)

    def _stop(self, _number: int, _frame: Any) -> None:
        self._told_to_stop = True
