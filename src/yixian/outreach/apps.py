"""Django's entry to outreach."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Registers outreach under its short label."""

    name = "yixian.outreach"
    label = "outreach"
    verbose_name = "Outreach"
