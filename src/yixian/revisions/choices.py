"""Revisions' closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionStepKind(models.TextChoices):
    """办理步骤: what was done with a revision."""

    SUBMITTED = "submitted", _("Submitted for approval")
    APPROVED = "approved", _("Approved by the first of two")
    DECIDED = "decided", _("Decided by the second")
    RETURNED = "returned", _("Returned to the working group")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CALLED_OFF = "called_off", _("Called off before its day")


class RevisionStage(models.TextChoices):
    """修订的阶段: where a revision stands, worked out from its steps and never stored."""

    DRAFTING = "drafting", _("Being drafted")
    SUBMITTED = "submitted", _("Waiting for two approvals")
    APPROVED = "approved", _("Waiting for the second approval")
    DECIDED = "decided", _("Decided, accounts not yet calculated")
    ADOPTED = "adopted", _("In force, every account recalculated")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CALLED_OFF = "called_off", _("Decided, and called off before its day")


class DraftWay(models.TextChoices):
    """草案怎么来的."""

    BEGUN = "begun", _("As the policy in force says")
    PRICES = "prices", _("New prices in the form")
    UPLOAD = "upload", _("A pack handed in as files")
    BACK = "back", _("Back to an earlier draft")
