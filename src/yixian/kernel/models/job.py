"""后台任务: work that takes more than a moment, with a state, a progress and a way out that everybody can see."""

from django.conf import settings
from django.db import models

from yixian.kernel.choices import JobState


class Job(models.Model):
    """One piece of background work. ``kind`` names the registered function, ``arguments`` what it was asked."""

    kind = models.CharField(max_length=64)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.WAITING)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"], name="job_owner")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it still has something to do."""
        return self.state in {JobState.WAITING, JobState.RUNNING}
