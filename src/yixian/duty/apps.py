"""Django's entry to duty."""

from django.apps import AppConfig

from yixian.kernel.job_kinds import JOBS
from yixian.registry import after_division
from yixian.registry.paper import card_contact_providers
from yixian.registry.second_person import ASSIGNMENTS


class DutyConfig(AppConfig):
    """Registers duty under its short label."""

    name = "yixian.duty"
    label = "duty"
    verbose_name = "Duty"

    def ready(self) -> None:
        """Register duty's jobs, who is named on household cards, who must not agree to changes of a household, and
        who stands beside households that were divided or joined.
        """
        JOBS.register("duty.pair", "yixian.duty.jobs.pair")
        JOBS.register("duty.backups", "yixian.duty.jobs.give_backups_to_all")
        card_contact_providers.SOURCES.register("duty", "yixian.duty.card_contacts.card_contacts")
        ASSIGNMENTS.register("duty", "yixian.duty.queries.assigned_helpers.assigned_to_any")
        after_division.AFTER_SPLIT.register(
            "duty", "yixian.duty.actions.reassign_after_split.reassign_after_split"
        )
        after_division.AFTER_MERGER.register(
            "duty", "yixian.duty.actions.reassign_after_split.reassign_after_merge"
        )
        JOBS.register("duty.try", "yixian.duty.jobs.calculate_what_if")
