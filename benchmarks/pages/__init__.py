"""How fast pages are on a county of full size; ``python -m benchmarks.pages``."""
