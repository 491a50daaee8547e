"""应知应会: short quizzes drawn from the policy in force and from real lines; results belong to the person who took them."""
