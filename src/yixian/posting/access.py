"""谁可管公示: who prepares and puts up lists, who answers objections, who locks a list, and who looks."""

from __future__ import annotations

from yixian.kernel.roles import APPROVING_ROLES, BUREAU_ROLES, Role

KEEPERS = BUREAU_ROLES | {Role.TOWNSHIP_LEAD}
"""Who prepares a list, puts it up, proves that it hung, takes it down and closes it, and takes down objections."""

ANSWERERS = BUREAU_ROLES
"""Who records what became of an objection, and proposes that a list be locked."""

LOCKERS = APPROVING_ROLES
"""Who, as another person, agrees that a list is locked."""

READERS = KEEPERS | LOCKERS | {Role.AUDITOR, Role.MONITOR}
"""Who sees postings, with what was objected to and answered."""
