"""Django's entry to registry."""

import importlib

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers registry under its short label."""

    name = "yixian.registry"
    label = "registry"
    verbose_name = "Register"

    def ready(self) -> None:
        """Register the register's jobs."""
        importlib.import_module("yixian.registry.paper.jobs")
