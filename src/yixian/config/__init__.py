"""Settings, addresses, and the one list of who may reach what."""
