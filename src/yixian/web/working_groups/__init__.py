"""Pages of signals and working groups."""
