"""后台工人: the one process of a home folder that runs the jobs; first it tidies up after a worker that died."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from yixian.kernel.actions.interrupted_jobs import close_interrupted_jobs, hand_over_waiting_jobs

_LOOK_EVERY_SECONDS = "0.5"


class Command(BaseCommand):
    """``work``: run jobs until told to stop."""

    help = "Run the background jobs of this home folder."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tidy up, then work."""
        close_interrupted_jobs(at=timezone.now())
        hand_over_waiting_jobs()
        call_command("db_worker", "--no-startup-delay", "--interval", _LOOK_EVERY_SECONDS, verbosity=0)
