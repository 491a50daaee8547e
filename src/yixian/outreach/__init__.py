"""一线工作日常: outreach — accounts explained line by line at the household's home, and what became of each question."""
