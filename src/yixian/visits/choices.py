"""The closed lists of visits and promises."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitKind(models.TextChoices):
    """走访方式."""

    VISIT = "visit", _("At their home")
    CALL = "call", _("By phone")
    HANDOVER = "handover", _("Together, at a hand-over")


class AcknowledgementWay(models.TextChoices):
    """确认方式: how the household confirmed what was written down, or that it did not."""

    PIN = "pin", _("With the PIN of its card")
    SIGNATURE = "signature", _("By signature on the screen")
    NONE = "none", _("Not confirmed")


class PromiseKind(models.TextChoices):
    """承诺种类: something that the person or their office will do, or something that a clause gives."""

    HELP = "help", _("Something I or my office will do")
    POLICY = "policy", _("Something that the policy gives")


class PromiseResult(models.TextChoices):
    """结果: what became of a promise."""

    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Not kept")
    WITHDRAWN = "withdrawn", _("Taken back, and the household agreed")
    OVERTAKEN = "overtaken", _("No longer needed: things have changed")


class SaidBy(models.TextChoices):
    """谁说的: the two who may say what became of a promise. What one says never replaces what the other says."""

    HELPER = "helper", _("Those who promised")
    HOUSEHOLD = "household", _("The household itself")
