"""Django's entry to matters."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import register


class MattersConfig(AppConfig):
    """Registers matters under its short label."""

    name = "yixian.matters"
    label = "matters"
    verbose_name = "Matters"

    def ready(self) -> None:
        """Register the jobs of matters."""
        register("matters.list", "yixian.matters.actions.take_list:take_list")
