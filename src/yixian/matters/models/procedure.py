"""程序与日历的版本: the procedures and the calendars as they stood. A matter is followed to its end by the procedures that it
began under, and each of its events by the calendar that was known when it was recorded.
"""

from django.db import models


class ProcedureVersion(models.Model):
    """The files of a folder of procedures, by their hash. The calendar is not among them (`CalendarVersion`)."""

    sha256 = models.CharField(max_length=64, unique=True)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class CalendarVersion(models.Model):
    """日历版本: the files of a calendar of workdays, by their hash, kept when the first event was recorded by it."""

    sha256 = models.CharField(max_length=64, unique=True)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
