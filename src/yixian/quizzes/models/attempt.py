"""答题: a quiz that somebody took, with its questions as they were asked, and each answer once."""

from django.conf import settings
from django.db import models

from yixian.policies.models import PackVersion
from yixian.quizzes.choices import Topic


class QuizAttempt(models.Model):
    """One quiz of one person. ``questions`` holds them as they were drawn, so that a later version asks nothing else.

    The same pack, ``on_date`` and ``seed`` draw the same questions, up to the common cases of that day.
    ``organisation_id`` is the person's body on that day, for the body's figures only; null where they have none.
    ``finished_at`` is null while questions are open.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quizzes")
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    seed = models.BigIntegerField()
    questions = models.JSONField()
    organisation_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-started_at"], name="quiz_of_user"),
            models.Index(fields=["finished_at", "organisation_id"], name="quiz_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"quiz {self.pk}"


class QuizAnswer(models.Model):
    """作答: what was answered to one question: an option's position, or the amount typed; never edited."""

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=12, choices=Topic.choices)
    chosen = models.SmallIntegerField(null=True)
    minor = models.BigIntegerField(null=True)
    is_right = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"answer {self.position} of quiz {self.attempt_id}"
