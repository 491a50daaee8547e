"""Django's entry to registry."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.registry.second_person import APPLICATIONS, FEASIBILITY


class RegistryConfig(AppConfig):
    """Registers registry under its short label."""

    name = "yixian.registry"
    label = "registry"
    verbose_name = "Register"

    def ready(self) -> None:
        """Register the register's jobs, and how a member's leaving that two persons agreed on is entered."""
        JOBS.register("paper.cards", "yixian.registry.paper.jobs.print_cards")
        APPLICATIONS.register("leaving", "yixian.registry.actions.propose_leaving.apply_leaving")
        FEASIBILITY.register("leaving", "yixian.registry.actions.propose_leaving.check_leaving")
