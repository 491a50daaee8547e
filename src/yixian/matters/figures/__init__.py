"""数字: what the record itself says of desks and bodies, never of anybody who raised something."""
