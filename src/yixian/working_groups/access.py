"""谁能做什么: who opens and leads a working group, who decides, who reads, and who goes to look."""

from __future__ import annotations

from yixian.kernel.roles import BUREAU_ROLES, Role
from yixian.policies.access import APPROVERS
from yixian.revisions.access import READERS as REVISION_READERS

OPENERS = BUREAU_ROLES
"""Who opens a working group and takes it from stop to stop."""

DECIDERS = APPROVERS
"""Who decides to keep a standard, two of them; a new one is decided by the revision's own two approvals."""

READERS = REVISION_READERS
"""Who sees signals and working groups."""

CHECKERS = frozenset({Role.CADRE, Role.SURVEYOR})
"""Who checks drawn households, and sees their own forms alone."""


__all__ = ["CHECKERS", "DECIDERS", "OPENERS", "READERS"]
