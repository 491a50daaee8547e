"""选项: what fields of the kernel may hold; the stored value is stable, the label is what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class MessageChannel(models.TextChoices):
    """How somebody is told."""

    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")


class SendingOutcome(models.TextChoices):
    """What became of one attempt to send; ``AGAIN`` is no attempt but an administrator's word to begin anew."""

    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    GIVEN_UP = "given_up", _("Given up")
    AGAIN = "again", _("To be tried again")
