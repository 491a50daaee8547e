"""What changes campaigns, teams, devices and sheets."""
