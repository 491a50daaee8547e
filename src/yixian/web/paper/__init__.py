"""纸面: papers for staff to print — one household's account, a village's accounts, household cards."""
