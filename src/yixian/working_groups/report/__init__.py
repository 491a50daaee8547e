"""证据报告: what a working group puts before those who have a say, as plain facts, on paper and as a workbook."""
