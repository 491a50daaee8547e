"""Django's entry to compensation."""

from django.apps import AppConfig

from yixian.duty import recusal_providers
from yixian.kernel.job_kinds import JOBS
from yixian.registry.second_person import ACCOUNTED


class CompensationConfig(AppConfig):
    """Registers compensation under its short label."""

    name = "yixian.compensation"
    label = "compensation"
    verbose_name = "Compensation"

    def ready(self) -> None:
        """Register compensation's jobs, whom its records recuse, and where it has issued accounts."""
        JOBS.register("compensation.calculate", "yixian.compensation.jobs.calculate")
        JOBS.register("compensation.resume", "yixian.compensation.jobs.resume")
        JOBS.register("paper.statements", "yixian.compensation.paper.jobs.print_statements")
        ACCOUNTED.register("compensation", "yixian.compensation.issued_accounts.has_accounts")
        recusal_providers.SOURCES.register(
            "compensation", "yixian.compensation.approval_recusal.approvers_of"
        )
