"""Pure functions on tables: numeric libraries allowed, still no framework, clock or settings."""
