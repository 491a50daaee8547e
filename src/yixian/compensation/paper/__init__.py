"""账目的纸面: accounts on paper, one household a sheet."""
