"""政策问答: what people asked the policy desk, and what it answered."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.models.clause import PackClause
from yixian.policies.models.pack import PackVersion


class PolicyQuestion(models.Model):
    """提问: the words as they were asked, sealed to the desk. Whoever holds the code can come back to it.

    ``code_digest`` is a keyed digest of that code, which is kept nowhere. ``days`` says by which
    limit ``due_on`` was counted. Whether it is answered is not stored: it is, once there is an answer.
    """

    text = SealedTextField(purpose="policy_question.text")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    channel = models.CharField(max_length=16, choices=QuestionChannel.choices)
    code_digest = models.CharField(max_length=64, unique=True)
    due_on = models.DateField(db_index=True)
    days = models.PositiveSmallIntegerField()
    name = SealedTextField(purpose="policy_question.name", blank=True)
    phone = SealedTextField(purpose="policy_question.phone", blank=True)

    def __str__(self) -> str:
        return f"question {self.pk}"


class PolicyAnswer(models.Model):
    """答复: one version of the desk's answer, never edited; a correction is the next version and names the one before.

    ``public_zh``/``public_en`` hold the question as it is published, worded so that it names nobody; empty where the
    answer is for the asker alone. ``draft_pack`` and ``draft_document`` name the draft that an undecided matter stands in;
    empty where nothing is even drafted.
    """

    question = models.ForeignKey(PolicyQuestion, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    correction = models.TextField(blank=True)
    outcome = models.CharField(max_length=16, choices=AnswerOutcome.choices)
    words_zh = models.TextField()
    words_en = models.TextField(blank=True)
    draft_pack = models.ForeignKey(PackVersion, null=True, on_delete=models.PROTECT, related_name="+")
    draft_document = models.CharField(max_length=120, blank=True)
    is_public = models.BooleanField()
    names_nobody = models.BooleanField()
    public_zh = models.TextField(blank=True)
    public_en = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    on_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="one_answer_per_version"),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | (models.Q(names_nobody=True) & ~models.Q(public_zh="")),
                name="public_answers_name_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.version} to question {self.question_id}"


class PolicyCitation(models.Model):
    """引用: a clause that an answer rests on."""

    answer = models.ForeignKey(PolicyAnswer, on_delete=models.PROTECT, related_name="citations")
    clause = models.ForeignKey(PackClause, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "clause"], name="cited_once_per_answer")]

    def __str__(self) -> str:
        return f"{self.answer_id} cites {self.clause_id}"
