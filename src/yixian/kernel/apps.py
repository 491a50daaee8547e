"""Django's entry to the kernel."""

from datetime import timedelta

from django.apps import AppConfig

from yixian.kernel.ticks import register


class KernelConfig(AppConfig):
    """Registers the kernel under its short label."""

    name = "yixian.kernel"
    label = "kernel"
    verbose_name = "Kernel"

    def ready(self) -> None:
        """Register the kernel's ticks."""
        register("kernel.tidy", "yixian.kernel.tidying.tidy", timedelta(hours=1))
        register("kernel.sending", "yixian.kernel.sending.delivering.send_waiting", timedelta(seconds=30))
