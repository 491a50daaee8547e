"""Django's entry to the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel under its short label."""

    name = "yixian.kernel"
    label = "kernel"
    verbose_name = "Kernel"
