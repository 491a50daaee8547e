"""Everything that changes a matter: one verb a file."""
