"""Django's entry to compensation."""

import importlib

from django.apps import AppConfig


class CompensationConfig(AppConfig):
    """Registers compensation under its short label."""

    name = "yixian.compensation"
    label = "compensation"
    verbose_name = "Compensation"

    def ready(self) -> None:
        """Register compensation's jobs."""
        importlib.import_module("yixian.compensation.jobs")
        importlib.import_module("yixian.compensation.paper.jobs")
