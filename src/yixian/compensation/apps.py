"""Django's entry to compensation."""

from django.apps import AppConfig

from yixian.duty import recusal_sources
from yixian.kernel.job_kinds import register


class CompensationConfig(AppConfig):
    """Registers compensation under its short label."""

    name = "yixian.compensation"
    label = "compensation"
    verbose_name = "Compensation"

    def ready(self) -> None:
        """Register compensation's jobs, and whom its records recuse."""
        register("compensation.reckon", "yixian.compensation.jobs:reckon")
        register("compensation.resume", "yixian.compensation.jobs:resume")
        register("paper.statements", "yixian.compensation.paper.jobs:print_statements")
        recusal_sources.register("yixian.compensation.recusal:had_a_part")
