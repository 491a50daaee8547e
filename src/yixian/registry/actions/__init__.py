"""Everything that changes the register: one verb a file."""
