"""Duty's closed lists. Stored values are stable codes; labels are what people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PairingPart(models.TextChoices):
    """身份: in which part somebody stands beside a household."""

    FIRST = "first", _("Responsible")
    BACKUP = "backup", _("Backup")
    STAND_IN = "stand_in", _("Stand-in")


class LeadershipKind(models.TextChoices):
    """挂乡与主责: a county leader who stands with a township, and the lead of the township itself."""

    COUNTY_LEADER = "county_leader", _("County leader standing with the township")
    TOWNSHIP_LEAD = "township_lead", _("Lead of the township")


class AbsenceKind(models.TextChoices):
    """离岗类型."""

    LEAVE = "leave", pgettext_lazy("absence", "Leave")
    SUDDEN = "sudden", _("Suddenly away")
    TRANSFER = "transfer", _("Transfer to other work")
    DEPARTURE = "departure", _("Permanent departure")


FOR_GOOD = frozenset({AbsenceKind.TRANSFER, AbsenceKind.DEPARTURE})
"""After these the households have a successor, and nobody comes back to them by itself."""


class HandoverCause(models.TextChoices):
    """交接缘由: why a household gets another helper."""

    LEAVING = "leaving", _("Their helper leaves")
    LEAVE = "leave", _("Their helper is on leave")
    SUDDEN = "sudden", _("Their helper is suddenly away")
    ASKED = "asked", _("The household asked for another helper")
    RECUSAL = "recusal", _("Their helper must not stand beside them")
    SPLIT = "division", _("The household was divided")
    MOVED_ALONG = "moved_along", _("Moved so that another household has somebody")
    LACKING = "lacking", _("Nobody stood beside the household")


class HandoverStepKind(models.TextChoices):
    """交接步骤."""

    ACCEPTED = "accepted", _("The new helper has accepted")
    NOTIFIED = "told", _("The household was told by telephone")
    VISITED = "visited", _("Both helpers visited the household")
    ACKNOWLEDGED = "acknowledged", _("The household has acknowledged")
    ANOTHER = "another", _("Another successor was chosen")


class RecusalGround(models.TextChoices):
    """回避事由."""

    KIN = "kin", _("Kin within three degrees")
    INTEREST = "interest", _("Has an interest in the household's account")
    APPROVAL = "approval", _("Has a part in approving the household's account")
    MATTER = "matter", _("The household has a matter open about them")
    ASKED = "asked", _("The household asked for another helper")


class RequestChannel(models.TextChoices):
    """渠道: by which door a household asked."""

    PORTAL = "portal", _("Portal")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By telephone")
    VISIT = "visit", _("During a visit")


class Rule(models.TextChoices):
    """结对规则: why a helper cannot stand beside a household; each one is a rule that a villager can be told."""

    NOT_IN_SERVICE = "not_in_service", _("They are not in service on that day")
    AWAY = "away", _("They are away, or are leaving")
    NO_PLACES = "no_places", _("They take no more households")
    NOT_STATIONED = "not_stationed", _("Their department is not stationed here")
    OTHER_VILLAGE = "other_village", _("They live in another village")
    LANGUAGE = "language", _("They do not speak the household's language")
    GENDER = "gender", _("The household asked for a woman or a man")
    OWN_HOUSEHOLD = "own_household", _("It is the household they belong to")
    KIN = "kin", _("They are kin within three degrees")
    INTEREST = "interest", _("They have an interest in the household's account")
    APPROVAL = "approval", _("They have a part in approving the household's account")
    MATTER = "matter", _("The household has a matter open about them")
    ASKED = "asked", _("The household asked for another helper")
