"""谁可管实物调查: who opens campaigns, forms teams and hands out devices, and who looks."""

from __future__ import annotations

from yixian.kernel.roles import BUREAU_ROLES, Role

ORGANISERS = BUREAU_ROLES
"""Who opens a campaign, forms its teams, and hands out or revokes their devices."""

CHOOSERS = frozenset({Role.BUREAU_LEAD})
"""Who says, with a reason, which of two sheets of one household holds."""

READERS = ORGANISERS | {Role.AUDITOR, Role.MONITOR}
"""Who sees campaigns and the sheets that were set aside."""
