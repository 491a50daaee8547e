"""拟变更: a change of what money hangs on, as one person proposed it; it takes effect when a second person agrees."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yixian.kernel.fields import SealedTextField
from yixian.registry.choices import ChangeKind, ChangeOutcome
from yixian.registry.models.household import Household


class ProposedChange(models.Model):
    """One proposal with its document.

    ``content`` is what its room applies, ``words`` what people read: a list of {household_no, field, field_en, old, new,
    kind}; both are JSON and sealed, for they hold ID numbers and bank accounts. ``subject_id`` is the workbook of a proposal of
    that kind, and the household that is divided or joins another. ``area_path`` is the smallest area that holds all households
    concerned. Nothing is deleted: what was refused, withdrawn or overtaken stays with who did so, when and why (``note``).
    """

    kind = models.CharField(max_length=16, choices=ChangeKind)
    title = models.CharField(max_length=200)
    subject_id = models.BigIntegerField(null=True)
    area_path = models.CharField(max_length=64, blank=True)
    document_no = models.CharField(max_length=120)
    document_date = models.DateField()
    reason = models.CharField(max_length=500)
    content = SealedTextField(purpose="change.content", blank=True)
    words = SealedTextField(purpose="change.words", blank=True)
    word_count = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=ChangeOutcome, default=ChangeOutcome.WAITING)
    note = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    households = models.ManyToManyField(Household, related_name="proposed_changes")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ChangeOutcome.AGREED) | ~Q(decided_by=F("proposed_by")),
                name="agreed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ChangeOutcome.WAITING, decided_by=None)
                | (~Q(outcome=ChangeOutcome.WAITING) & Q(decided_by__isnull=False)),
                name="change_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(document_no=""), name="change_has_a_document"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(outcome=ChangeOutcome.WAITING),
                name="one_waiting_change_of_subject",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "area_path"], name="change_outcome_area")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"

    @property
    def document(self) -> str:
        """The document as events and papers name it: number and day."""
        return f"{self.document_no}（{self.document_date.isoformat()}）"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet."""
        return self.outcome == ChangeOutcome.WAITING
