"""试探记录: failed guesses at a secret, kept only as a keyed digest of what was guessed at, so that guessing slows down."""

from django.db import models


class Attempt(models.Model):
    """How often something was guessed wrongly of late. ``subject`` is a keyed digest, never the thing itself."""

    subject = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.failures} failures"
