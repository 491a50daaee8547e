"""Django's entry to matters."""

from datetime import timedelta

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.kernel.scheduled_tasks import register_scheduled_task


class MattersConfig(AppConfig):
    """Registers matters under its short label."""

    name = "yixian.matters"
    label = "matters"
    verbose_name = "Matters"

    def ready(self) -> None:
        """Register the jobs of matters, and what must happen again and again: nothing here waits for somebody to look."""
        JOBS.register("matters.list", "yixian.matters.actions.take_list.take_list")
        register_scheduled_task(
            "matters.escalate", "yixian.matters.actions.escalate.escalate", timedelta(minutes=1)
        )
        register_scheduled_task(
            "matters.index", "yixian.matters.actions.escalate.reindex", timedelta(hours=1)
        )
        register_scheduled_task(
            "matters.reassign", "yixian.matters.actions.reassign.reassign", timedelta(minutes=5)
        )
        register_scheduled_task(
            "matters.mail", "yixian.matters.actions.receive_mail.fetch_mails", timedelta(minutes=5)
        )
        register_scheduled_task(
            "matters.desks",
            "yixian.matters.figures.metrics_queries.refresh_metrics",
            timedelta(hours=1),
            lease=timedelta(minutes=30),
        )
        register_scheduled_task(
            "matters.publish",
            "yixian.matters.figures.quarterly_figures.publish_quarters",
            timedelta(hours=6),
            lease=timedelta(minutes=30),
        )
