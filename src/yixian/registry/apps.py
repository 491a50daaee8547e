"""Django's entry to registry."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers registry under its short label."""

    name = "yixian.registry"
    label = "registry"
    verbose_name = "Register"
