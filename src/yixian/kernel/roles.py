"""角色: the thirteen roles of the county's staff, and the three that are not staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may be. The stored value is stable; the label is what people read."""

    ADMINISTRATOR = "administrator", _("Administrator")
    BUREAU_CLERK = "bureau_clerk", _("Bureau clerk")
    BUREAU_LEAD = "bureau_lead", _("Bureau lead")
    COUNTY_LEADER = "county_leader", _("County leader")
    TOWNSHIP_LEAD = "township_lead", _("Township lead")
    DEPARTMENT_LEAD = "department_lead", _("Department lead")
    CADRE = "cadre", _("Cadre")
    PARTY_MEMBER = "party_member", _("Party member")
    SURVEYOR = "surveyor", _("Surveyor")
    FINANCE = "finance", _("Finance")
    PETITION_OFFICER = "petition_officer", _("Petition officer")
    AUDITOR = "auditor", _("Auditor")
    MONITOR = "monitor", _("Independent monitor")
    HOUSEHOLD = "household", _("Household")
    PUBLIC = "public", _("Public")
    SYSTEM = "system", _("System")


STAFF_ROLES: tuple[Role, ...] = tuple(
    role for role in Role if role not in {Role.HOUSEHOLD, Role.PUBLIC, Role.SYSTEM}
)
"""The roles that can be granted to a signed-in user."""

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
"""Who makes users, gives roles and sees how the system is."""

BUREAU_ROLES = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD})
"""The staff of the resettlement bureau, who keep register, accounts and policies."""

APPROVING_ROLES = frozenset({Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who decides on what the bureau proposes."""

CONFIRMED_ROLES = APPROVING_ROLES | {Role.ADMINISTRATOR}
"""Roles that one administrator gives and a second person confirms: those who approve, and those who give roles."""

CONFIRMERS = frozenset({Role.ADMINISTRATOR, Role.BUREAU_LEAD})
"""Who confirms what another administrator gave."""

HELPER_ROLES = frozenset({Role.CADRE, Role.PARTY_MEMBER})
"""Roles whose scope is the households they stand beside, and nothing else."""

SECOND_FACTOR_ROLES = frozenset(STAFF_ROLES) - HELPER_ROLES
"""Who reaches more than the households they stand beside, and so nothing before a second factor was shown."""

LEADER_ROLES = frozenset({Role.COUNTY_LEADER, Role.BUREAU_LEAD, Role.TOWNSHIP_LEAD, Role.DEPARTMENT_LEAD})
"""Who leads a county, the bureau, a township or a department: they see how the work in their reach stands."""
