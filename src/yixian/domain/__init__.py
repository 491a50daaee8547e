"""Pure domain: the standard library only, no clock, no files, no framework."""
