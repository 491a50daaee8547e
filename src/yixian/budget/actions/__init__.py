"""The only writers of the budget."""
