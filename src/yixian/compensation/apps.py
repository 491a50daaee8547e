"""Django's entry to compensation."""

from django.apps import AppConfig


class CompensationConfig(AppConfig):
    """Registers compensation under its short label."""

    name = "yixian.compensation"
    label = "compensation"
    verbose_name = "Compensation"
