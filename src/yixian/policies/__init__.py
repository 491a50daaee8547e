"""Policies: packs of dated, cited law in the database, and which of them is in force where and when."""
