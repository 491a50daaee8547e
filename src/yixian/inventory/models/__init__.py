"""The inventory's tables."""

from yixian.inventory.models.fact import HouseholdFact, ItemFact
from yixian.inventory.models.item import InventoryItem

__all__ = ["HouseholdFact", "InventoryItem", "ItemFact"]
