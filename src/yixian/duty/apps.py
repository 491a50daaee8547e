"""Django's entry to duty."""

import importlib

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Registers duty under its short label."""

    name = "yixian.duty"
    label = "duty"
    verbose_name = "Duty"

    def ready(self) -> None:
        """Register duty's jobs."""
        importlib.import_module("yixian.duty.jobs")
