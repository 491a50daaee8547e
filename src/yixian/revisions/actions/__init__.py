"""Everything that changes a revision: one verb a file."""
