"""实物调查的页面: campaigns, their teams and devices, and the sheets that came from the yard."""
