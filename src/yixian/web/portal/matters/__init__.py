"""诉求: what the people's own pages do with matters — raise one, see where it stands, say what became of it."""
