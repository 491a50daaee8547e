"""谁看了、说了什么: conversation with the person, and who looked at what. The person can see all of it."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.choices import MailOutcome, NotificationChannel
from yixian.matters.models.matter import Matter
from yixian.registry.models import Organisation


class MatterMessage(models.Model):
    """往来: one message between the person and the office, never edited. ``notified_by`` is how the office's own was passed on.

    ``internal`` are notes among staff, which the person does not see unless they ask for the record.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="messages")
    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by_person = models.BooleanField()
    internal = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(purpose="matter.message")
    notified_by = models.CharField(max_length=8, choices=NotificationChannel, blank=True)

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="message_of_matter")]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.matter_id}"


class MailTaken(models.Model):
    """收信登记: what became of a mail of the inbox, each once. ``said`` is the keyed digest of what it said and brought,
    ``number`` that of its Message-ID, ``sender`` that of the address it gave. Of one that was refused its subject and sender
    are kept, so that somebody can look for it in the inbox; of others they stand with the matter.
    """

    said = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    arrived_at = models.DateTimeField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=MailOutcome)
    reason = models.CharField(max_length=16, blank=True)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="mails")
    acknowledged = models.BooleanField(default=False)
    shown_subject = SealedTextField(purpose="mail.subject", blank=True)
    shown_sender = SealedTextField(purpose="mail.sender", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["number"], name="mail_number"),
            models.Index(fields=["sender", "-at"], name="mail_sender"),
            models.Index(fields=["outcome", "-at"], name="mail_outcome"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.outcome}"


class MatterReading(models.Model):
    """查阅: that a member of staff opened a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "-at"], name="reading_of_matter")]

    def __str__(self) -> str:
        return f"{self.by_id} read {self.matter_id}"


class IdentityOpening(models.Model):
    """开启身份: that somebody opened who raised a matter, and why they said they must."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=120)
    reason = SealedTextField(purpose="matter.opening")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_id} opened {self.matter_id}"
