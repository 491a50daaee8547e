"""谁可修订: who drafts, who approves, who looks."""

from __future__ import annotations

from yixian.kernel.roles import Role
from yixian.policies.access import APPROVERS, PROPOSERS
from yixian.registry.access import Part, roles_seeing

DRAFTERS = PROPOSERS
"""Who may begin and draft a revision, and have its accounts reckoned once it is decided."""

READERS = PROPOSERS | APPROVERS | {Role.FINANCE, Role.AUDITOR, Role.MONITOR}
"""Who sees revisions under way, with what they would change."""

HOUSEHOLDS_READERS = READERS & roles_seeing(Part.ACCOUNT)
"""Those of them who see it household by household."""


__all__ = ["APPROVERS", "DRAFTERS", "HOUSEHOLDS_READERS", "READERS"]
