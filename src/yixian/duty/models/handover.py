"""交接: a household passes from one helper to another on a day, and every step of it."""

from django.conf import settings
from django.db import models

from yixian.duty.choices import HandoverCause, HandoverStepKind
from yixian.duty.models.absence import Absence
from yixian.duty.models.pairing import Pairing
from yixian.duty.models.recusal import HelperRequest
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


class Handover(models.Model):
    """From ``effective_on`` the household has ``pairing``'s helper in place of ``from_helper`` (nobody where it had none)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="handovers")
    role = models.CharField(max_length=8, choices=HelperKind)
    area_path = models.CharField(max_length=64, db_index=True)
    cause = models.CharField(max_length=12, choices=HandoverCause)
    from_helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="handed_over")
    pairing = models.OneToOneField(Pairing, on_delete=models.PROTECT, related_name="handover")
    absence = models.ForeignKey(Absence, null=True, on_delete=models.PROTECT, related_name="handovers")
    request = models.ForeignKey(HelperRequest, null=True, on_delete=models.PROTECT, related_name="handovers")
    effective_on = models.DateField(db_index=True)
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hand-over of {self.household_id}"


class HandoverStep(models.Model):
    """交接步骤: something that was done about a hand-over. ``by`` is empty where the household itself did it on the portal."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=HandoverStepKind)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.handover_id}"
