"""The inventory's tables."""

from yixian.inventory.models.item import InventoryItem

__all__ = ["InventoryItem"]
