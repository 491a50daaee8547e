"""处理意见: what was found and decided, what was held about it, and what the person says became of it."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.choices import DecisionOutcome, MeetingKind, ReviewStage, Verdict
from yixian.matters.models.matter import Matter
from yixian.registry.models import Organisation


class MatterDecision(models.Model):
    """意见书: facts, reasons, legal basis and outcome of one stage. ``remedy`` names a change of data, sealed with its values.

    ``basis`` is a list of [pack id, document, clause]; ``basis_words`` what else it rests on. A decision with a remedy is
    approved by somebody else before it is told.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=8, choices=ReviewStage)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked = SealedTextField(purpose="matter.decision.asked")
    facts = SealedTextField(purpose="matter.decision.facts")
    reasons = SealedTextField(purpose="matter.decision.reasons")
    basis = models.JSONField(default=list)
    basis_words = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=16, choices=DecisionOutcome)
    remedy = models.CharField(max_length=32, blank=True)
    remedy_values = SealedTextField(purpose="matter.decision.remedy", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "-at"], name="decision_of_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.stage}: {self.outcome}"


class RemedyDone(models.Model):
    """落实: that a decided remedy was carried out, by somebody who did not decide it, and what came of it."""

    decision = models.OneToOneField(MatterDecision, on_delete=models.PROTECT, related_name="done")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"remedy of {self.decision_id}"


class MatterExtension(models.Model):
    """延期申请: that the handler asks for more time, and why. The head approves it, or does not."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="extensions")
    reason = SealedTextField(purpose="matter.extension")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"extension of {self.matter_id}"


class MatterMeeting(models.Model):
    """调解、听证、走访记录: what was held, on which day, who was there, and what was said and agreed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=MeetingKind)
    on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    present = SealedTextField(purpose="matter.meeting.present")
    words = SealedTextField(purpose="matter.meeting.words")
    agreed = SealedTextField(purpose="matter.meeting.agreed", blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} about {self.matter_id}"


class MatterVerdict(models.Model):
    """本人评价: what the person says became of it, 1 (very bad) to 5 (very good). The latest counts, all stay.

    ``by`` is the independent caller who wrote it down, empty where the person said it themself. No handler can.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=16, choices=Verdict)
    satisfied = models.PositiveSmallIntegerField()
    words = SealedTextField(purpose="matter.verdict", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfied__gte=1, satisfied__lte=5), name="satisfaction_from_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["matter", "-id"], name="verdict_of_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.verdict}"
