"""诉求的页面: what was raised, in whose hands it is, by when it must be answered, and every step with it."""
