"""修订: from a working group's draft of new prices or rules to evidence, two approvals, and every account reckoned again."""
