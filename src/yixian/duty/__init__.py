"""Duty: who is responsible for whom — stationing of bodies, pairings of helpers with households."""
