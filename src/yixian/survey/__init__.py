"""实物调查: campaigns, their teams and devices, and the sheets that come from the yard."""
