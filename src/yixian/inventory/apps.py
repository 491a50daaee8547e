"""Django's entry to inventory."""

from django.apps import AppConfig

from yixian.registry.second_person import APPLICATIONS, FEASIBILITY


class InventoryConfig(AppConfig):
    """Registers inventory under its short label."""

    name = "yixian.inventory"
    label = "inventory"
    verbose_name = "Inventory"

    def ready(self) -> None:
        """Register how agreed changes of lines are written, and agreed divisions and mergers carried out."""
        APPLICATIONS.register("item", "yixian.inventory.actions.propose_item.apply_item")
        APPLICATIONS.register("split", "yixian.inventory.actions.propose_split.apply_split")
        APPLICATIONS.register("merge", "yixian.inventory.actions.propose_merger.apply_merger")
        FEASIBILITY.register("item", "yixian.inventory.actions.propose_item.check_item")
        FEASIBILITY.register("split", "yixian.inventory.actions.propose_split.check_split")
        FEASIBILITY.register("merge", "yixian.inventory.actions.propose_merger.check_merge")
