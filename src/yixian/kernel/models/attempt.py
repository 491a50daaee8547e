"""试探记录: failed guesses at a secret, kept only as a keyed digest of what was guessed at, so that guessing slows down."""

from django.db import models


class Attempt(models.Model):
    """When something was guessed wrongly of late. ``subject`` is a keyed digest, never the thing itself.

    ``times`` are seconds since 1970 of the guesses within the last day, oldest first.
    """

    subject = models.CharField(max_length=64, unique=True)
    times = models.JSONField(default=list)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{len(self.times)} failures"


class KnownNetwork(models.Model):
    """A network from which something was opened rightly: one keyed digest of both (see `yixian.kernel.known_networks`)."""

    pair = models.CharField(max_length=64, unique=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"known since {self.last_at}"
