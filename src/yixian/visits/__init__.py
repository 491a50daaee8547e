"""走访与承诺: who was at a household, what was said, what was promised there, and what became of it."""
