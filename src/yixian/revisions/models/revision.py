"""修订: a change of policy under way — its drafts, one after the other, and the steps taken with it."""

from django.conf import settings
from django.db import models

from yixian.kernel.languages import language
from yixian.policies.models import PackAdoption, PackVersion
from yixian.registry.models import Area
from yixian.revisions.choices import DraftWay, RevisionStepKind


class Revision(models.Model):
    """What a working group wants changed in the pack in force (``base``) at a place, from which day, and why."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="revisions")
    base = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="revisions")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    issuer = models.CharField(max_length=80)
    reason = models.TextField(max_length=1000)
    valid_from = models.DateField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"revision {self.pk}: {self.title_zh}"

    @property
    def title(self) -> str:
        """What it is called, in the language being spoken."""
        return self.title_zh if language() == "zh" else self.title_en


class RevisionDraft(models.Model):
    """草案: one state of the whole pack as drafted, never edited: going back is a new draft with an old content."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    way = models.CharField(max_length=8, choices=DraftWay)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="one_draft_per_number"),
        ]

    def __str__(self) -> str:
        return f"draft {self.number} of {self.revision_id}"


class RevisionStep(models.Model):
    """步骤: what somebody did with a revision, about which draft, with which evidence before their eyes.

    ``evidence`` is the checksum pair of the comparison that was shown. Only the decision has its day, the pack
    that came of it and the adoption; it has a document's ``number``, as has what calls it off.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=RevisionStepKind)
    draft = models.ForeignKey(RevisionDraft, on_delete=models.PROTECT, related_name="steps")
    evidence = models.CharField(max_length=140, blank=True)
    note = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True)
    pack_version = models.ForeignKey(PackVersion, null=True, on_delete=models.PROTECT, related_name="+")
    adoption = models.ForeignKey(PackAdoption, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=models.Q(kind=RevisionStepKind.DECIDED), name="decided_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=RevisionStepKind.DECIDED)
                | (
                    ~models.Q(number="")
                    & models.Q(decided_on__isnull=False, pack_version__isnull=False, adoption__isnull=False)
                ),
                name="decision_names_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.revision_id}"
