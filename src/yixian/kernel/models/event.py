"""事件台账: the append-only record of everything that was done. The database itself refuses to change a row."""

from django.db import models


class Event(models.Model):
    """One thing that happened: who, when, to what, what changed, and which earlier event it corrects.

    ``kind`` is dotted, e.g. ``household.imported``; ``data`` holds the change in plain JSON and never a sealed value.
    """

    at = models.DateTimeField(db_index=True)
    actor_label = models.CharField(max_length=150)
    actor_user_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=64, db_index=True)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    area_path = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["area_path", "id"], name="event_area"),
            # whether anything of some kinds has happened since a moment
            models.Index(fields=["kind", "at"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"
