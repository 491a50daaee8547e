"""Django's entry to inventory."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """Registers inventory under its short label."""

    name = "yixian.inventory"
    label = "inventory"
    verbose_name = "Inventory"
