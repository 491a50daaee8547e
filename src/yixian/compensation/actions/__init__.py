"""Everything that changes accounts: one verb a file."""
