"""程序版本: the procedures as they stood; a matter is followed to its end by the edition that it began under."""

from django.db import models


class ProcedureVersion(models.Model):
    """The files of a folder of procedures, by their hash. The calendar is not among them: it is always today's."""

    sha256 = models.CharField(max_length=64, unique=True)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
