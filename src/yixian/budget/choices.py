"""The budget's closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BudgetKind(models.TextChoices):
    """文件的种类: a whole budget, or a decision that adds to single heads of one."""

    WHOLE = "whole", _("Approved budget")
    BEYOND = "beyond", _("Decision beyond a head")


class Settlement(models.TextChoices):
    """处理: what became of an entry."""

    APPROVED = "approved", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Taken back")


class BudgetStatus(models.TextChoices):
    """状态: where an entry stands on a day, worked out and never stored."""

    WAITING = "waiting", _("Waits for another person")
    AHEAD = "ahead", _("Begins later")
    IN_FORCE = "in_force", _("Holds")
    REPLACED = "replaced", _("Replaced by a later one")
    WITHDRAWN = "withdrawn", _("Taken back")
