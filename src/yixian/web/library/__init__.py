"""政策文库: one library with two doors — the portal, for everybody, and the staff pages."""
