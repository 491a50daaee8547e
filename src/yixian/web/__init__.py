"""Pages: thin views and templates for staff and for the public. They call actions and queries, never tables."""
