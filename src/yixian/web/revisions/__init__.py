"""修订页面: drafting a change of policy, seeing what it would do, approving it, and what came of it."""
