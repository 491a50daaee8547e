"""The survey's closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetStatus(models.TextChoices):
    """调查表状态: where a submission stands, worked out from what has come and never stored."""

    TAKEN = "taken", _("Taken")
    WAITING = "waiting", _("Waits for the sheet that it corrects")
    SET_ASIDE = "set_aside", _("Set aside: an answer is wrong")
    TO_CHOOSE = "to_choose", _("A person must choose between two sheets")
    NOT_CHOSEN = "not_chosen", _("Another sheet was chosen")
    CORRECTED = "corrected", _("Corrected by a later sheet")


class CampaignStatus(models.TextChoices):
    """调查任务状态: by its days and its closing."""

    PLANNED = "planned", _("Not begun yet")
    UNDER_WAY = "under_way", _("Under way")
    OVER = "over", _("Its days are over, not closed")
    CLOSED = "closed", _("Closed")


class DeviceStatus(models.TextChoices):
    """设备状态: whether a credential holds."""

    HOLDS = "holds", _("In use")
    ENDED = "ended", _("Its term is over")
    REVOKED = "revoked", _("Revoked")


class YardVisitOutcome(models.TextChoices):
    """入户结果: what a visit to a yard came to."""

    MEASURED = "measured", _("The household was there")
    NOTICE_LEFT = "notice_left", _("Nobody there: a notice was left")
    RELATIVE = "relative", _("A relative with a letter stood in")
    PROXY = "proxy", _("A proxy with a written mandate stood in")
    GUARDIAN = "guardian", _("The guardian stood in")
    COMES_AGAIN = "comes_again", _("The team comes again")


WITH_PAPER = frozenset({YardVisitOutcome.RELATIVE, YardVisitOutcome.PROXY, YardVisitOutcome.GUARDIAN})
"""Somebody stood in for the household: their paper is photographed."""

TO_COME_AGAIN = frozenset({YardVisitOutcome.NOTICE_LEFT, YardVisitOutcome.COMES_AGAIN})
"""The day of the next visit is arranged."""
