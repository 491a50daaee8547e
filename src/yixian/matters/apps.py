"""Django's entry to matters."""

from datetime import timedelta

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.kernel.ticks import register


class MattersConfig(AppConfig):
    """Registers matters under its short label."""

    name = "yixian.matters"
    label = "matters"
    verbose_name = "Matters"

    def ready(self) -> None:
        """Register the jobs of matters, and what must happen again and again: nothing here waits for somebody to look."""
        JOBS.register("matters.list", "yixian.matters.actions.take_list.take_list")
        register("matters.escalate", "yixian.matters.actions.escalate.escalate", timedelta(minutes=1))
        register("matters.index", "yixian.matters.actions.escalate.reindex", timedelta(hours=1))
        register("matters.mail", "yixian.matters.actions.receive_mail.fetch_mails", timedelta(minutes=5))
        register(
            "matters.desks",
            "yixian.matters.figures.views.work_out_desks",
            timedelta(hours=1),
            lease=timedelta(minutes=30),
        )
        register(
            "matters.publish",
            "yixian.matters.figures.public.publish_quarters",
            timedelta(hours=6),
            lease=timedelta(minutes=30),
        )
