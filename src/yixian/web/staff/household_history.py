"""经过: what happened to a household, limited by kind, month and person."""

from __future__ import annotations

from yixian.registry.register_read_models import RegisterEventView
from yixian.web.ui.trails import Trail

HISTORY = Trail[RegisterEventView](what=lambda row: row.title, at=lambda row: row.at, who=lambda row: row.who)
"""The household's events."""
