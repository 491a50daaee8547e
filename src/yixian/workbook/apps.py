"""Django's entry to the workbook."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS


class WorkbookConfig(AppConfig):
    """Registers the workbook under its short label."""

    name = "yixian.workbook"
    label = "workbook"
    verbose_name = "Workbook"

    def ready(self) -> None:
        """Register the workbook's jobs."""
        JOBS.register("workbook.check", "yixian.workbook.jobs.check_job")
        JOBS.register("workbook.commit", "yixian.workbook.jobs.commit_job")
        JOBS.register("workbook.export", "yixian.workbook.jobs.export_job")
