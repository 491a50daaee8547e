"""Django's entry to duty."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.registry.paper import people_sources


class DutyConfig(AppConfig):
    """Registers duty under its short label."""

    name = "yixian.duty"
    label = "duty"
    verbose_name = "Duty"

    def ready(self) -> None:
        """Register duty's jobs, and who is named on household cards."""
        JOBS.register("duty.pair", "yixian.duty.jobs.pair")
        JOBS.register("duty.backups", "yixian.duty.jobs.give_backups_to_all")
        people_sources.SOURCES.register("duty", "yixian.duty.on_cards.on_cards")
        JOBS.register("duty.try", "yixian.duty.jobs.try_out")
