"""台账链: one link for each event of the ledger — a keyed digest over the event and the link before it. Append-only."""

from django.db import models


class EventSeal(models.Model):
    """The place of an event in the chain; ``digest`` is a keyed digest over the one before and the event as it stood then."""

    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"event {self.event_id}"
