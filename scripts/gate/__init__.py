"""门: the parts of ``scripts/test.py``: commands, counts, budgets, and the lanes that tests run in."""
