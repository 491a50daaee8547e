"""选项: what fields of quizzes may hold; the stored value is stable, the label is what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yixian.quizzes.drawing import Kind


class Topic(models.TextChoices):
    """What a question is about."""

    LINE = Kind.LINE.value, _("Calculating a line")
    PROMISE = Kind.PROMISE.value, _("What may be promised")
    CLAUSE = Kind.CLAUSE.value, _("Which clause says it")
    FORCE = Kind.FORCE.value, _("What is in force")
