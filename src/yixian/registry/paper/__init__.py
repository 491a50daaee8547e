"""纸面: the register on paper — household cards — and what every batch of paper shares."""
