"""Django's entry to the kernel."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from yixian.kernel.append_only import refuse_replacing
from yixian.kernel.merged_catalogues import merge_catalogues
from yixian.kernel.scheduled_tasks import register_scheduled_task

merge_catalogues()  # here and not in `ready`: models speak while they are loaded, which reads every catalogue


class KernelConfig(AppConfig):
    """Registers the kernel under its short label."""

    name = "yixian.kernel"
    label = "kernel"
    verbose_name = "Kernel"

    def ready(self) -> None:
        """Register the kernel's ticks, and what every append-only table gets once migrations were applied."""
        post_migrate.connect(refuse_replacing, sender=self, dispatch_uid="kernel.refuse_replacing")
        register_scheduled_task("kernel.tidy", "yixian.kernel.cleanup_job.clean_up", timedelta(hours=1))
        register_scheduled_task(
            "kernel.seal_ledger", "yixian.kernel.ledger_chain.seal_events", timedelta(seconds=30)
        )
        register_scheduled_task(
            "kernel.sending", "yixian.kernel.sending.delivering.send_waiting", timedelta(seconds=30)
        )
