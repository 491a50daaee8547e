"""异议: what somebody says against a line that hangs, and what became of it when others measured again."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import ScaledDecimalField, SealedTextField
from yixian.posting.choices import ObjectionChannel, ObjectionOutcome
from yixian.posting.models.posting import Posting, PostingEvent


class Objection(models.Model):
    """An objection to one household's line (``line_no`` "": to what is said of the household, or to a line that is missing).

    Who objected stands sealed: a neighbour's name is nobody's business. ``matter_number`` is the matter that it came with.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="objections")
    event = models.OneToOneField(PostingEvent, on_delete=models.PROTECT, related_name="objection")
    household_no = models.CharField(max_length=24)
    line_no = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=12, choices=ObjectionChannel)
    raised_by = SealedTextField(purpose="posting.objector", blank=True)
    text = SealedTextField(purpose="posting.objection")
    matter_number = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"objection {self.pk}"


class ObjectionAnswer(models.Model):
    """复核结论: measured again by two who did not measure before, or explained; the old quantity beside the new one."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=12, choices=ObjectionOutcome)
    before = ScaledDecimalField(scale=4, null=True)
    after = ScaledDecimalField(scale=4, null=True)
    measured_by = models.CharField(max_length=60, blank=True)
    second = models.CharField(max_length=60, blank=True)
    measured_on = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="explained")
                | (
                    models.Q(after__isnull=False, measured_on__isnull=False)
                    & ~models.Q(measured_by="")
                    & ~models.Q(second="")
                    & ~models.Q(measured_by=models.F("second"))
                ),
                name="measured_again_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.objection_id}"
