"""Django's entry to duty."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import register


class DutyConfig(AppConfig):
    """Registers duty under its short label."""

    name = "yixian.duty"
    label = "duty"
    verbose_name = "Duty"

    def ready(self) -> None:
        """Register duty's jobs."""
        register("duty.pair", "yixian.duty.jobs:pair")
        register("duty.try", "yixian.duty.jobs:try_out")
