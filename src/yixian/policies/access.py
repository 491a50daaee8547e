"""谁可定政策: who may register, propose and approve packs."""

from __future__ import annotations

from yixian.kernel.roles import APPROVING_ROLES, BUREAU_ROLES

PROPOSERS = BUREAU_ROLES
"""Who may propose that a pack be adopted."""

APPROVERS = APPROVING_ROLES
"""Who may approve it, if they did not propose it themselves."""

HELPDESK = BUREAU_ROLES
"""The policy desk: who reads the questions that the library did not answer, and answers them."""

RECORDERS = BUREAU_ROLES
"""Who adds recordings of public texts, and takes them back."""
