"""核算: one reckoning of many households from facts and a pack."""

from django.db import models

from yixian.compensation.choices import RunOutcome
from yixian.policies.models import PackVersion


class StatementRun(models.Model):
    """What was reckoned from what: the pack, the facts' hash, the counts and the checksum of the engine's manifest.

    ``checked`` says that the plain-Python checker reckoned every line again and agreed. Its accounts are issued in lots;
    until all are, the run is open (it has no `RunEnd`) and can be resumed from the facts that it kept.
    """

    at = models.DateTimeField()
    on_date = models.DateField()
    area_path = models.CharField(max_length=64)
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="runs")
    facts_sha256 = models.CharField(max_length=64)
    manifest = models.JSONField()
    checked = models.BooleanField()
    requested_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"statement run {self.pk}"


class RunEnd(models.Model):
    """核算了结: how a run ended. One that was overtaken left the rest of its accounts to the reckoning after it."""

    run = models.OneToOneField(StatementRun, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=12, choices=RunOutcome)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"statement run {self.run_id}: {self.outcome}"
