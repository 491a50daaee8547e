"""Django's entry to duty."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Registers duty under its short label."""

    name = "yixian.duty"
    label = "duty"
    verbose_name = "Duty"
