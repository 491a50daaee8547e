"""Working groups' closed lists. Stored values are stable codes; labels are what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupStage(models.TextChoices):
    """站: the stops of a working group, in their order."""

    OPENED = "opened", _("Opened")
    SAMPLED = "sampled", _("Sample drawn")
    CHECKED = "checked", _("Checked on the spot")
    DRAFTED = "drafted", _("New standard drafted")
    SEEN = "seen", _("Effects looked at")
    SENT = "sent", _("Report sent")
    REPLIED = "replied", _("Replies in")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Everybody answered")
    CLOSED = "closed", _("Closed")


class GroupStepKind(models.TextChoices):
    """步骤: what was written down of a working group's way. A decision by a revision is read from the revision itself."""

    OPENED = "opened", _("Opened")
    SAMPLED = "sampled", _("Sample drawn")
    CHECKED = "checked", _("Checks ended")
    DRAFTED = "drafted", _("A revision was linked")
    SEEN = "seen", _("The effects were looked at")
    SENT = "sent", _("The report was sent")
    REPLIED = "replied", _("No more replies are waited for")
    KEEP_PROPOSED = "keep_proposed", _("Keeping the standard was proposed")
    KEEP_TAKEN_BACK = "keep_taken_back", _("That proposal was taken back")
    KEPT = "kept", _("The standard is kept")
    ANSWERED = "answered", _("Everybody was answered")
    CLOSED = "closed", _("Closed")


class Basis(models.TextChoices):
    """抽样框: who can be drawn."""

    ITEMS = "items", _("Households that have what the clause prices")
    HOUSEHOLDS = "households", _("All households (nothing is surveyed here)")


class CheckOutcome(models.TextChoices):
    """核查结果: what came of going there."""

    DONE = "done", _("Measured and asked")
    REFUSED = "refused", _("They did not want it")
    NOBODY = "nobody", _("Nobody at home on three visits")
    GONE = "gone", _("What was to be checked is not there any more")


class RecipientKind(models.TextChoices):
    """报送对象."""

    OWNER = "owner", _("Project owner")
    DESIGN = "design", _("Design institute")
    HIGHER = "higher", _("Higher department")
    OTHER = "other", _("Somebody else")


class ReplyVerdict(models.TextChoices):
    """回复意见."""

    AGREE = "agree", _("Agrees")
    CONDITIONAL = "conditional", _("Agrees under conditions")
    DISAGREE = "disagree", _("Does not agree")
