"""Compensation: every household's account, reckoned line by line, in versions that are never edited."""
