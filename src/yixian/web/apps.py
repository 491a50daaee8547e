"""Django's entry to the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages under their short label."""

    name = "yixian.web"
    label = "web"
    verbose_name = "Web"
