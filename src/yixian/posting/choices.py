"""The closed lists of postings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy.survey import LAND, POPULATION, PROPERTY


class PostedList(models.TextChoices):
    """公示内容: what is posted apart from the others (Order 471, Art. 53)."""

    PROPERTY = PROPERTY, _("Property")
    LAND = LAND, _("Land")
    POPULATION = POPULATION, _("Population")


class ObjectionOutcome(models.TextChoices):
    """复核结果: what became of an objection."""

    KEPT = "kept", _("Measured again: it stays as it was")
    CHANGED = "changed", _("Measured again: it is changed")
    EXPLAINED = "explained", _("Explained")


class ObjectionChannel(models.TextChoices):
    """异议来路: the door by which an objection came."""

    VISIT = "visit", _("At a visit")
    COUNTER = "counter", _("At the counter")
    TELEPHONE = "telephone", _("By telephone")
    PAPER = "paper", _("In writing")
    PORTAL = "portal", _("On the county's site")
