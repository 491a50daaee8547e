"""The only writers of postings."""
