"""Compensation's closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementStatus(models.TextChoices):
    """账目状态."""

    ISSUED = "issued", _("Issued")
    WITHHELD = "withheld", _("Withheld")


class StatementCause(models.TextChoices):
    """何以重算: why a version exists."""

    FIRST = "first", _("First account")
    NEW_FACTS = "new_facts", _("New facts")
    NEW_POLICY = "new_policy", _("New policy")
    BOTH = "both", _("New facts and new policy")
    CORRECTION = "correction", _("Correction")


class RunOutcome(models.TextChoices):
    """一次核算如何了结."""

    FINISHED = "finished", _("Finished")
    OVERTAKEN = "overtaken", _("Overtaken by a later reckoning")


class CaseOutcome(models.TextChoices):
    """个案的结果."""

    APPLY = "apply", _("The new account is put in force")
    KEEP = "keep", _("The account in force stays")
    OVERTAKEN = "overtaken", _("Overtaken by a later reckoning")
