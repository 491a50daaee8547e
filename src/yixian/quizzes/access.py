"""谁可看什么: everybody on the staff may take a quiz; a result is the person's own; figures of bodies are for those who lead."""

from __future__ import annotations

from yixian.kernel.roles import STAFF_ROLES, Role

TAKERS = frozenset(STAFF_ROLES)
"""Who may take a quiz."""

FIGURE_READERS = frozenset(
    {Role.BUREAU_LEAD, Role.COUNTY_LEADER, Role.TOWNSHIP_LEAD, Role.DEPARTMENT_LEAD, Role.AUDITOR}
)
"""Who sees the figures of bodies. Nobody sees another person's result, whatever their role."""
