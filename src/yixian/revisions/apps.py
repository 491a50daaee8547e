"""Django's entry to revisions."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import register


class RevisionsConfig(AppConfig):
    """Registers revisions under its short label."""

    name = "yixian.revisions"
    label = "revisions"
    verbose_name = "Revisions"

    def ready(self) -> None:
        """Register revisions' jobs."""
        register("revisions.compare", "yixian.revisions.jobs:compare")
        register("revisions.adopt", "yixian.revisions.jobs:adopt")
