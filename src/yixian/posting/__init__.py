"""公示与异议: lists put up in the village, objections to them, and the list that is locked in the end."""
