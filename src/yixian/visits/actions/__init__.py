"""The only writers of visits and promises."""
