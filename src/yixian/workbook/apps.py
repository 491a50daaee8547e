"""Django's entry to the workbook."""

import importlib

from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    """Registers the workbook under its short label."""

    name = "yixian.workbook"
    label = "workbook"
    verbose_name = "Workbook"

    def ready(self) -> None:
        """Register the workbook's jobs."""
        importlib.import_module("yixian.workbook.jobs")
