"""Everything that changes who stands beside whom: one verb a file."""
