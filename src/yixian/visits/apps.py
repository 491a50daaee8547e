"""Django's entry to visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Registers visits under its short label."""

    name = "yixian.visits"
    label = "visits"
    verbose_name = "Visits"
