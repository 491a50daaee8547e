"""选项: what fields of policies may hold; the stored value is stable, the label is what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionChannel(models.TextChoices):
    """How a question came in."""

    PORTAL = "portal", _("On the portal")
    CARD = "card", _("From a household's own pages")
    STAFF = "staff", _("Written down by staff")


class AnswerOutcome(models.TextChoices):
    """What an answer rests on."""

    CITED = "cited", _("Decided: see the clauses")
    NOT_DECIDED = "not_decided", _("Not decided yet")
