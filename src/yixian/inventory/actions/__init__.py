"""Everything that changes the inventory: one verb a file."""
