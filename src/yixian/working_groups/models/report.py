"""证据报告: each version frozen as it was sent, to whom it went, and what they answered."""

from django.conf import settings
from django.db import models

from yixian.kernel.sealed_files import SealedStorage
from yixian.working_groups.choices import RecipientKind, ReplyVerdict
from yixian.working_groups.models.group import WorkingGroup


class GroupReport(models.Model):
    """One version of the report: its facts as plain values, and the two files made of them, by their hashes."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    pdf = models.FileField(upload_to="reports/%Y/", storage=SealedStorage("group.report"))
    pdf_sha256 = models.CharField(max_length=64)
    workbook = models.FileField(upload_to="reports/%Y/", storage=SealedStorage("group.report"))
    workbook_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_report_per_number")]

    def __str__(self) -> str:
        return f"report {self.number} of {self.group_id}"


class ReportDispatch(models.Model):
    """报送: that a version went to somebody on a day, and in how many working days they are asked to reply."""

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="dispatches")
    kind = models.CharField(max_length=8, choices=RecipientKind)
    name = models.CharField(max_length=80)
    sent_on = models.DateField()
    reply_days = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report {self.report_id} to {self.name}"


class ReportReply(models.Model):
    """回复: what a recipient answered, with the day and number of their letter. The latest counts."""

    dispatch = models.ForeignKey(ReportDispatch, on_delete=models.PROTECT, related_name="replies")
    received_on = models.DateField()
    number = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=12, choices=ReplyVerdict)
    words = models.TextField(max_length=2000)
    scan = models.FileField(upload_to="replies/%Y/", storage=SealedStorage("group.report"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reply to {self.dispatch_id}: {self.verdict}"
