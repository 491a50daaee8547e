"""Django's entry to the pages."""

import importlib

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages under their short label."""

    name = "yixian.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Listen to sign-ins."""
        importlib.import_module("yixian.web.sign_in_signals").connect()
