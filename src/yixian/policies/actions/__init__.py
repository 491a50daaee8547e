"""Everything that changes which policy there is and which is in force: one verb a file."""
