"""Django's entry to the workbook."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.registry.second_person import APPLICATIONS, FEASIBILITY


class WorkbookConfig(AppConfig):
    """Registers the workbook under its short label."""

    name = "yixian.workbook"
    label = "workbook"
    verbose_name = "Workbook"

    def ready(self) -> None:
        """Register the workbook's jobs, and how what two persons agreed on is entered."""
        JOBS.register("workbook.check", "yixian.workbook.jobs.check_job")
        JOBS.register("workbook.commit", "yixian.workbook.jobs.commit_job")
        APPLICATIONS.register("workbook", "yixian.workbook.actions.propose.enter_agreed")
        APPLICATIONS.register("facts", "yixian.workbook.actions.propose_facts.apply_facts")
        APPLICATIONS.register("row", "yixian.workbook.actions.edit_row.apply_row")
        FEASIBILITY.register("row", "yixian.workbook.actions.edit_row.check_row")
        JOBS.register("workbook.export", "yixian.workbook.jobs.export_job")
        FEASIBILITY.register("workbook", "yixian.workbook.actions.propose.check_batch")
        FEASIBILITY.register("facts", "yixian.workbook.actions.propose_facts.check_facts")
