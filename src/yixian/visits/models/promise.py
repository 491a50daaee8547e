"""承诺: what was promised to a household, by when, and what each side says became of it."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.registry.models import Helper, Household
from yixian.visits.choices import PromiseKind, PromiseResult, SaidBy
from yixian.visits.models.visit import Visit


class Promise(models.Model):
    """A promise as it was made, never edited. Whether it is open or overdue is not stored: it is worked out when read.

    The citation is what stood in force on the day: pack and version, document and clause; empty for help.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="promises")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="promises")
    area_path = models.CharField(max_length=64)
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="promises")
    text = SealedTextField(purpose="promise.text")
    kind = models.CharField(max_length=12, choices=PromiseKind)
    made_on = models.DateField()
    due_on = models.DateField()
    pack_id = models.CharField(max_length=64, blank=True)
    pack_version = models.CharField(max_length=32, blank=True)
    document = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("made_on")), name="promise_due_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PromiseKind.HELP, document="", clause="")
                | (models.Q(kind=PromiseKind.POLICY) & ~models.Q(document="") & ~models.Q(clause="")),
                name="policy_promises_cite_a_clause",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "due_on"], name="promise_household"),
            models.Index(fields=["helper", "due_on"], name="promise_helper"),
            models.Index(fields=["area_path", "due_on"], name="promise_area"),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk} to {self.household_id}"


class PromiseOutcome(models.Model):
    """承诺结果: what one side says became of a promise on a day. Of each side the latest word counts, of both the two."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=12, choices=PromiseResult)
    said_by = models.CharField(max_length=12, choices=SaidBy)
    on = models.DateField()
    note = SealedTextField(purpose="promise.note", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(said_by=SaidBy.HELPER, by__isnull=False)
                | models.Q(
                    said_by=SaidBy.HOUSEHOLD, by=None, outcome__in=(PromiseResult.KEPT, PromiseResult.BROKEN)
                ),
                name="each_side_says_its_own",
            )
        ]
        indexes = [models.Index(fields=["promise", "said_by", "-id"], name="outcome_of_promise")]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.outcome}"
