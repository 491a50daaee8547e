"""The closed lists of outreach."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionRoute(models.TextChoices):
    """去向: where a question about an account goes, and whose limit runs from then on."""

    HELPDESK = "helpdesk", _("A question about the policy: to the policy desk")
    MATTER = "matter", _("Something in it is not right: as a matter")


class ConfirmationWay(models.TextChoices):
    """确认方式: how the household confirmed that its account was explained; or that it did not."""

    PIN = "pin", _("With the PIN of its card")
    SIGNATURE = "signature", _("By signature on the screen")
    ATTESTED = "attested", _("Before somebody who attests it, because nobody there can write")
    PORTAL = "portal", _("By the household itself, on its own pages")
    NONE = "none", _("Not confirmed")


class ExplanationState(models.TextChoices):
    """讲解状态: where a household stands with the explanation of its account on a day; worked out when it is read."""

    NO_ACCOUNT = "no_account", _("No account to explain")
    UNEXPLAINED = "unexplained", _("Not explained yet")
    OUTDATED = "outdated", _("An older account was explained")
    OPEN = "open", _("Explained, a question is open")
    EXPLAINED = "explained", _("Explained, not confirmed yet")
    CONFIRMED = "confirmed", _("Explained and confirmed")


class DecisionStepKind(models.TextChoices):
    """落实步骤."""

    DONE = "done", _("Carried out")
    NOT_DONE = "not_done", _("Not carried out")
    CLOSED = "closed", _("Closed by a leader")
    SENT_BACK = "sent_back", _("Sent back with a new day")


class DecisionState(models.TextChoices):
    """现场决定的状态: where a decision made on the spot stands on a day; worked out when it is read."""

    OPEN = "open", _("To be carried out")
    OVERDUE = "overdue", _("Overdue")
    DONE = "done", _("Carried out, says the body")
    NOT_DONE = "not_done", _("Not carried out, says the body")
    CLOSED = "closed", _("Seen to its end")


class MeetingReach(models.TextChoices):
    """宣讲到户: whether a meeting reached an invited household; worked out when it is read."""

    UNKNOWN = "unknown", _("The sheet is not entered yet")
    ATTENDED = "attended", _("Was there")
    REACHED = "reached", _("Absent, told afterwards")
    ABSENT = "absent", _("Absent, not told yet")
    DENIED = "denied", _("Says that it was neither there nor told")
