"""交表: a filled-in form as a device sent it, immutable, with its files and how it was read."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.kernel.sealed_files import SealedStorage
from yixian.survey.models.campaign import Campaign
from yixian.survey.models.field_device import FieldDevice


class SheetSubmission(models.Model):
    """An XForm instance as it came. ``instance_id`` is its identity, ``sha256`` of its bytes; ``replaces`` the instance that it
    corrects, or "". ``content`` is the XML in base64, sealed: it stands in the row, so that a kill leaves both or neither.

    ``household_no`` is what the sheet says, which need not be the number of a household.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="submissions")
    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="submissions")
    area_path = models.CharField(max_length=64)
    instance_id = models.CharField(max_length=120, unique=True)
    replaces = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    form_id = models.CharField(max_length=120)
    form_version = models.CharField(max_length=60, blank=True)
    household_no = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    content = SealedTextField(purpose="survey.submission")

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "household_no", "form_id"], name="submission_household"),
            models.Index(fields=["campaign", "replaces"], name="submission_replaces"),
        ]

    def __str__(self) -> str:
        return self.instance_id


class SheetAttachment(models.Model):
    """随表文件: a photograph or signature that came with a submission, in the same post or a later one."""

    submission = models.ForeignKey(SheetSubmission, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    is_picture = models.BooleanField()
    file = models.FileField(upload_to="survey/%Y/%m/", storage=SealedStorage("survey.attachment"))
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "name"], name="one_attachment_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.submission_id}"


class SubmissionReading(models.Model):
    """核读结果: what was wrong when a submission was read with the files that had come by then. The latest holds.

    ``problems``: question, Chinese and English sentence of each; none if every answer is right. The answers stand in the
    submission alone: a reading holds no personal data.
    """

    submission = models.ForeignKey(SheetSubmission, on_delete=models.PROTECT, related_name="readings")
    problems = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of {self.submission_id}"


class SheetChoice(models.Model):
    """取舍: that this sheet holds over its rivals of then (``chosen_over``: their instance ids), by whom and why."""

    submission = models.ForeignKey(SheetSubmission, on_delete=models.PROTECT, related_name="choices")
    chosen_over = models.JSONField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"choice of {self.submission_id}"
