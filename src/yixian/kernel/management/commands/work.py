"""后台进程: the one process of a home folder that runs jobs and ticks, both in processes of their own that end with the work.

It only looks for work. What reckons, solves or prints runs in a child, forked from here without delay, and gives back its
engines' memory at its end; a long job stops no tick, nor the other way round. Jobs run one after another.
"""

from __future__ import annotations

import gc
import logging
import signal
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yixian.kernel.actions.interrupted_jobs import close_interrupted_jobs, hand_over_waiting_jobs
from yixian.kernel.actions.run_scheduled_tasks import is_any_due, run_due
from yixian.kernel.lanes import Lane

_LOOK_FOR_JOBS_SECONDS = 0.5
_POLL_TASKS_SECONDS = 15.0

_logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """``work``: run jobs and ticks until told to stop; what is being done is ended first."""

    help = "Run the background jobs of this home folder, and, again and again, what is due in it."

    _stop_requested = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tidy up after a process that died, then look for work."""
        self._handle_signals()
        close_interrupted_jobs(at=timezone.now())
        hand_over_waiting_jobs()
        gc.collect()
        gc.freeze()  # children share these pages as long as nobody writes to them, and the collector would
        jobs = Lane(_LOOK_FOR_JOBS_SECONDS, _is_job_waiting, _run_jobs, if_cut_off=_close_jobs)
        tasks = Lane(_POLL_TASKS_SECONDS, lambda: is_any_due(at=timezone.now()), self._run_scheduled_tasks)
        self._lanes = (jobs, tasks)
        while not self._stop_requested:
            self._look()
            time.sleep(_LOOK_FOR_JOBS_SECONDS)
        for lane in self._lanes:
            lane.await_end()

    def _look(self) -> None:
        """One round. A database that does not answer is asked again in the next one: it may be starting anew."""
        close_old_connections()
        try:
            for lane in self._lanes:
                lane.look()
        except (DatabaseError, InterfaceError) as error:
            _logger.error("What is to be done cannot be looked up: %s", type(error).__name__)  # noqa: TRY400 - no values

    def _run_scheduled_tasks(self) -> None:
        run_due(at=timezone.now(), stopping=lambda: self._stop_requested)

    _lanes: tuple[Lane, ...] = ()

    def _handle_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, number: int, _frame: Any) -> None:
        """Here: tell those at work, too. In a child, whose lanes are not its own: end after the tick that is running."""
        self._stop_requested = True
        for lane in self._lanes:
            lane.tell(number)


def _is_job_waiting() -> bool:
    return DBTaskResult.objects.ready().exists()


def _run_jobs() -> None:
    """Run what waits, one after another, until nothing does."""
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def _close_jobs() -> None:
    """The process of the jobs died, or was killed for the memory it took: no job can be running now."""
    close_interrupted_jobs(at=timezone.now())
