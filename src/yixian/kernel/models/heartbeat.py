"""心跳: when each tick last ran, and how it went. A row is overwritten: it says how the machine is, not what was done."""

from django.db import models

from yixian.kernel.models.lease import Leased


class Heartbeat(Leased):
    """One tick. ``counts`` are of the last run that ended well, ``took_ms`` of the last one that ended.

    ``failures`` counts the runs since then that failed; ``last_error`` is the class of the last error and never its words.
    """

    name = models.CharField(max_length=64, unique=True)
    last_started_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_well_at = models.DateTimeField(null=True)
    took_ms = models.PositiveBigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name
