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
    CORRECTION = "correction", _("Correction")
