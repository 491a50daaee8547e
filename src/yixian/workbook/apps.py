"""Django's entry to the workbook."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import register


class WorkbookConfig(AppConfig):
    """Registers the workbook under its short label."""

    name = "yixian.workbook"
    label = "workbook"
    verbose_name = "Workbook"

    def ready(self) -> None:
        """Register the workbook's jobs."""
        register("workbook.check", "yixian.workbook.jobs:check_job")
        register("workbook.commit", "yixian.workbook.jobs:commit_job")
        register("workbook.export", "yixian.workbook.jobs:export_job")
