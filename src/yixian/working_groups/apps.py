"""Django's entry to working groups."""

from datetime import timedelta

from django.apps import AppConfig

from yixian.kernel import scheduled_tasks
from yixian.kernel.job_kinds import JOBS


class WorkingGroupsConfig(AppConfig):
    """Registers working groups under their short label."""

    name = "yixian.working_groups"
    label = "working_groups"
    verbose_name = "Working groups"

    def ready(self) -> None:
        """Register the room's job, and what is counted every hour."""
        JOBS.register("working_groups.answer", "yixian.working_groups.jobs.answer")
        scheduled_tasks.register_scheduled_task(
            "working_groups.signals", "yixian.working_groups.signals.detecting.detect", timedelta(hours=1)
        )
