"""数字的存放: figures as they were worked out, and as they were published. They hold counts alone: no matter, no person."""

from django.db import models


class MetricsSnapshot(models.Model):
    """机构数字: the latest figures of every body over a span of days, worked out anew by a tick."""

    name = models.CharField(max_length=32, unique=True)
    since = models.DateField()
    at = models.DateTimeField()
    rows = models.JSONField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class PublishedFigures(models.Model):
    """公布的数字: one period as it was published, for ever; ``until`` is the day after its last."""

    first = models.DateField(unique=True)
    until = models.DateField()
    formula = models.CharField(max_length=32)
    tables = models.JSONField()
    days = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"figures from {self.first}"
