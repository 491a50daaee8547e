"""总装: where the rooms of the house are joined; it brings the checks that no single room can make."""

import importlib

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The joining of the rooms; no tables."""

    name = "yixian.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks."""
        importlib.import_module("yixian.config.checks")
