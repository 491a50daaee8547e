"""Django's entry to compensation."""

from django.apps import AppConfig

from yixian.duty import recusal_sources
from yixian.kernel.job_kinds import JOBS


class CompensationConfig(AppConfig):
    """Registers compensation under its short label."""

    name = "yixian.compensation"
    label = "compensation"
    verbose_name = "Compensation"

    def ready(self) -> None:
        """Register compensation's jobs, and whom its records recuse."""
        JOBS.register("compensation.reckon", "yixian.compensation.jobs.reckon")
        JOBS.register("compensation.resume", "yixian.compensation.jobs.resume")
        JOBS.register("paper.statements", "yixian.compensation.paper.jobs.print_statements")
        recusal_sources.SOURCES.register("compensation", "yixian.compensation.recusal.had_a_part")
