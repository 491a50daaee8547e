"""Programs that we did not write, to compare with: each is pinned, and one that is missing is a failure, never a skip."""
