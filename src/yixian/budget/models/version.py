"""概算版本: what a document approved under each head, and a revision (调概) as a new version, never as an edit."""

from django.conf import settings
from django.db import models

from yixian.budget.choices import BudgetKind, Settlement
from yixian.registry.models import Area


class BudgetVersion(models.Model):
    """What a document approved for a place from a day on: every head anew (``whole``), or more for single heads (``beyond``).

    A decision ``beyond`` adds to the version ``of`` and ends with it: the next whole version says the sums anew. It has
    no effect until another person than the one who entered it confirms it.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="budgets")
    kind = models.CharField(max_length=8, choices=BudgetKind)
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="additions")
    document = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    valid_from = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=BudgetKind.WHOLE, of=None)
                | models.Q(kind=BudgetKind.BEYOND, of__isnull=False),
                name="beyond_some_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document}"


class BudgetAmount(models.Model):
    """科目金额: one head of a version, with the title it bore then, in fen."""

    version = models.ForeignKey(BudgetVersion, on_delete=models.PROTECT, related_name="amounts")
    position = models.PositiveIntegerField()
    budget_head = models.CharField(max_length=64)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "budget_head"], name="one_amount_per_head"),
            models.CheckConstraint(condition=models.Q(fen__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_head}: {self.fen} fen"


class BudgetSettlement(models.Model):
    """确认或撤回: how an entry was settled, by whom and when."""

    version = models.OneToOneField(BudgetVersion, on_delete=models.PROTECT, related_name="settlement")
    outcome = models.CharField(max_length=12, choices=Settlement)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.outcome}: {self.version_id}"
