"""Django's entry to revisions."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS


class RevisionsConfig(AppConfig):
    """Registers revisions under its short label."""

    name = "yixian.revisions"
    label = "revisions"
    verbose_name = "Revisions"

    def ready(self) -> None:
        """Register revisions' jobs."""
        JOBS.register("revisions.compare", "yixian.revisions.jobs.compare")
        JOBS.register("revisions.adopt", "yixian.revisions.jobs.adopt")
