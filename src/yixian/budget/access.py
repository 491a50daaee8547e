"""谁可定概算: who enters what was approved, who confirms it, who looks."""

from __future__ import annotations

from yixian.kernel.roles import APPROVING_ROLES, BUREAU_ROLES, Role

PROPOSERS = BUREAU_ROLES | {Role.FINANCE}
"""Who may enter a budget, or a decision to go beyond one head of it."""

APPROVERS = APPROVING_ROLES
"""Who may confirm it, if they did not enter it themselves."""

READERS = PROPOSERS | APPROVERS | {Role.AUDITOR, Role.MONITOR}
"""Who sees the budget beside the accounts, and what waits to be confirmed. What is approved is open to everybody."""
