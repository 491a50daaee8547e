"""公示纸: what of a posting goes on the wall."""
