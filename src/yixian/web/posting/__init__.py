"""公示页: a village's lists, what happened to each, objections to them and their answers."""
