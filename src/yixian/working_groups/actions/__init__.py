"""Everything that changes a signal or a working group: one verb a file."""
