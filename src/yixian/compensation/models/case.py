"""待决个案: an account that a reckoning did not put in force by itself, and what was decided about it."""

from django.conf import settings
from django.db import models

from yixian.compensation.choices import CaseOutcome
from yixian.compensation.models.run import StatementRun
from yixian.compensation.models.statement import Statement
from yixian.registry.models import Household


class AccountCase(models.Model):
    """A household whose account in force (``current``) would become ``proposed``, and why somebody must decide.

    ``loses``: new policy would give it less. ``breaks_agreement``: its account in force is under a signed agreement.
    Until the case is decided the proposed version has no effect.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="account_cases")
    area_path = models.CharField(max_length=64)
    run = models.ForeignKey(StatementRun, on_delete=models.PROTECT, related_name="cases")
    current = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="cases_against")
    proposed = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="case")
    loses = models.BooleanField()
    breaks_agreement = models.BooleanField()
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area_path"], name="case_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(loses=True) | models.Q(breaks_agreement=True), name="case_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"case of {self.household_id}"


class CaseDecision(models.Model):
    """个案决定: what was decided, by whom and by which document; never edited.

    ``overtaken`` is written by the reckoning that made the case pointless, and has no decider.
    """

    case = models.OneToOneField(AccountCase, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=CaseOutcome)
    reason = models.CharField(max_length=500, blank=True)
    document = models.CharField(max_length=120, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=CaseOutcome.OVERTAKEN)
                | (models.Q(decided_by__isnull=False) & ~models.Q(reason="") & ~models.Q(document="")),
                name="decision_has_person_reason_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"
