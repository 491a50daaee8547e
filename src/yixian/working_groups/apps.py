"""Django's entry to working groups."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import register


class WorkingGroupsConfig(AppConfig):
    """Registers working groups under their short label."""

    name = "yixian.working_groups"
    label = "working_groups"
    verbose_name = "Working groups"

    def ready(self) -> None:
        """Register the room's jobs."""
        register("working_groups.answer", "yixian.working_groups.jobs:answer")
