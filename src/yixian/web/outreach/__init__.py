"""Staff pages of outreach: explaining an account, having it confirmed, and who still waits for it."""
