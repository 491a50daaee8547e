"""Inventory: what each household has, item by item, as surveyed."""
