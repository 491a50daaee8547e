"""账目讲解: one version of an account explained line by line to its household, what it asked, and what it says of it."""

from django.conf import settings
from django.db import models

from yixian.compensation.models import Statement
from yixian.kernel.fields import SealedTextField
from yixian.matters.models import Matter
from yixian.outreach.choices import ConfirmationWay, QuestionRoute
from yixian.policies.models import PolicyQuestion
from yixian.registry.choices import Language
from yixian.registry.models import Helper, Household


class Explanation(models.Model):
    """讲解: that every line of one version of an account was explained to its household on a day. Never edited.

    Lines without a question were understood. Whether a later version has made it outdated is not stored: it is asked when
    it is read. ``helper`` is empty where a lead or a clerk explained. ``key`` is made by the form, so that the same form sent
    again makes no second explanation.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="explanations")
    area_path = models.CharField(max_length=64)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="explanations")
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="explanations")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    on = models.DateField()
    language = models.CharField(max_length=3, choices=Language)

    class Meta:
        indexes = [
            models.Index(fields=["household", "-on"], name="explanation_household"),
            models.Index(fields=["area_path", "on"], name="explanation_area"),
        ]

    def __str__(self) -> str:
        return f"explanation {self.pk} to {self.household_id}"


class ExplanationQuestion(models.Model):
    """问题: what the household asked about a line (``position``), or about the whole (0), and where the question went.

    ``by`` wrote it down; empty where the household asked on its own pages. Whether it is answered is read there.
    """

    explanation = models.ForeignKey(Explanation, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    words = SealedTextField(purpose="explanation.question")
    route = models.CharField(max_length=12, choices=QuestionRoute)
    policy_question = models.OneToOneField(
        PolicyQuestion, null=True, on_delete=models.PROTECT, related_name="asked_at_explanation"
    )
    matter = models.OneToOneField(
        Matter, null=True, on_delete=models.PROTECT, related_name="asked_at_explanation"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    route=QuestionRoute.HELPDESK, policy_question__isnull=False, matter__isnull=True
                )
                | models.Q(route=QuestionRoute.MATTER, policy_question__isnull=True, matter__isnull=False),
                name="question_went_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk} at {self.explanation_id}"


class ExplanationConfirmation(models.Model):
    """确认: that the household says its account was explained, with every answer given until then; or why it did not.

    ``strokes`` is the signature as SVG path data, ``attested_by`` who was there when nobody could write. ``by`` asked for it;
    empty where the household said it on its own pages.
    """

    explanation = models.ForeignKey(Explanation, on_delete=models.PROTECT, related_name="confirmations")
    way = models.CharField(max_length=12, choices=ConfirmationWay)
    strokes = SealedTextField(purpose="explanation.signature", blank=True)
    attested_by = SealedTextField(purpose="explanation.attested_by", blank=True)
    why_not = SealedTextField(purpose="explanation.why_not", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way=ConfirmationWay.PORTAL, by=None)
                | (~models.Q(way=ConfirmationWay.PORTAL) & models.Q(by__isnull=False)),
                name="only_the_household_confirms_alone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.explanation_id}: {self.way}"


class ExplanationObjection(models.Model):
    """异议（讲解）: what the household says was not so; ``never_held`` where it says that nobody came to explain. It stays."""

    explanation = models.ForeignKey(Explanation, on_delete=models.PROTECT, related_name="objections")
    never_held = models.BooleanField()
    words = SealedTextField(purpose="explanation.objection", blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"objection to {self.explanation_id}"
