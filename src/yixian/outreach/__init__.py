"""一线工作日常: outreach — accounts explained at the household's home, leaders on the spot, and what became of all that."""
