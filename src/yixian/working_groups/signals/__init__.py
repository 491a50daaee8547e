"""早期信号: households that ask the same under a clause, counted by week, and what is said once that is no longer chance."""
