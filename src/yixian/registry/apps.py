"""Django's entry to registry."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS


class RegistryConfig(AppConfig):
    """Registers registry under its short label."""

    name = "yixian.registry"
    label = "registry"
    verbose_name = "Register"

    def ready(self) -> None:
        """Register the register's jobs."""
        JOBS.register("paper.cards", "yixian.registry.paper.jobs.print_cards")
