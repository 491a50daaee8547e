"""Django's entry to the workbook."""

from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    """Registers the workbook under its short label."""

    name = "yixian.workbook"
    label = "workbook"
    verbose_name = "Workbook"
