"""账目: a household's account in one version, its lines with their trace, and what could not be reckoned."""

from django.db import models

from yixian.compensation.choices import StatementCause, StatementStatus
from yixian.compensation.models.run import StatementRun
from yixian.registry.models import Household


class Statement(models.Model):
    """A version of a household's account. Never edited: a later version names the one it supersedes.

    ``total_fen`` is what is paid once, ``monthly_fen`` and ``yearly_fen`` what is paid again and again; all three are null
    while withheld: there is no such thing as a part of a sum. ``content_sha256`` is the digest of the lines and problems,
    by which a reckoning that changes nothing is recognised; ``facts_sha256`` that of the household's own facts, by which
    new facts are told from new policy. ``confirmed_by`` is the latest run that found it unchanged, at first its own, and
    ``confirmed_facts_sha256`` the digest of the facts that this run had, where it was another.

    A version that waits for a decision (`AccountCase`), or was decided against, is kept and is not current.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="statements")
    area_path = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    run = models.ForeignKey(StatementRun, on_delete=models.PROTECT, related_name="statements")
    status = models.CharField(max_length=12, choices=StatementStatus)
    cause = models.CharField(max_length=12, choices=StatementCause)
    total_fen = models.BigIntegerField(null=True)
    monthly_fen = models.BigIntegerField(null=True)
    yearly_fen = models.BigIntegerField(null=True)
    line_count = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    facts_sha256 = models.CharField(max_length=64, blank=True)
    on_date = models.DateField()
    issued_at = models.DateTimeField()
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    confirmed_by = models.ForeignKey(
        StatementRun, null=True, on_delete=models.PROTECT, related_name="confirmed"
    )
    confirmed_facts_sha256 = models.CharField(max_length=64, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "version"], name="one_statement_per_version"),
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(is_current=True), name="one_current_statement"
            ),
            models.UniqueConstraint(fields=["run", "household"], name="one_statement_per_run"),
            models.CheckConstraint(
                condition=models.Q(
                    status=StatementStatus.WITHHELD, total_fen=None, monthly_fen=None, yearly_fen=None
                )
                | models.Q(
                    status=StatementStatus.ISSUED,
                    total_fen__isnull=False,
                    monthly_fen__isnull=False,
                    yearly_fen__isnull=False,
                ),
                name="total_exactly_when_issued",
            ),
        ]
        indexes = [models.Index(fields=["area_path", "is_current"], name="statement_area")]

    def __str__(self) -> str:
        return f"account of {self.household_id}, version {self.version}"

    @property
    def sums(self) -> tuple[int, int, int] | None:
        """What is paid once, monthly and yearly, in fen; None while withheld."""
        if self.total_fen is None or self.monthly_fen is None or self.yearly_fen is None:
            return None
        return self.total_fen, self.monthly_fen, self.yearly_fen


class StatementLine(models.Model):
    """One line with everything that was multiplied, so that its sentence never needs the live price list.

    ``trace`` keeps each name of the rule's formula with its exact decimal text, e.g. quantity and price. ``paid`` is once,
    monthly or yearly, or counted for a count that is no money; ``budget_head`` the budget head (概算科目), empty without one.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    line_no = models.CharField(max_length=48)
    rule = models.CharField(max_length=64)
    item_code = models.CharField(max_length=64, blank=True)
    trace = models.JSONField(default=dict)
    amount_fen = models.BigIntegerField()
    paid = models.CharField(max_length=8, default="once")
    budget_head = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=64)
    clause = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_line_per_position")
        ]

    def __str__(self) -> str:
        return f"line {self.position} of {self.statement_id}"


class StatementProblem(models.Model):
    """Why a statement is withheld: the line, the reason's code, and the sentence."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="problems")
    line_no = models.CharField(max_length=48, blank=True)
    code = models.CharField(max_length=48)
    message = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.code
