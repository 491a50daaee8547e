"""查阅记录: who read whose record, when and what for. A household can ask to see it."""

from django.db import models


class RecordRead(models.Model):
    """One reading of a household's personal data. Append-only, like the ledger."""

    at = models.DateTimeField()
    household_id = models.BigIntegerField()
    actor_label = models.CharField(max_length=150)
    actor_user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=32)
    what = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["household_id", "-at"], name="read_household")]

    def __str__(self) -> str:
        return f"{self.actor_label} read {self.what} of household {self.household_id}"
