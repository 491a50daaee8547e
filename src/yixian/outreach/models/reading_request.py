"""请人上门念账: that a household asks somebody to read its account to it at its door."""

from django.conf import settings
from django.db import models

from yixian.registry.models import Household


class ReadingRequest(models.Model):
    """上门念账的请求: asked for, or taken back (``is_taken_back``); the latest row counts. Never edited.

    ``by`` wrote it down for somebody at the counter or on the telephone; empty where the household asked on its own
    pages. Whether somebody has come since is not stored: an explanation says so, or, where there is no account to read, a visit.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="reading_requests")
    area_path = models.CharField(max_length=64)
    is_taken_back = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["household", "-at"], name="reading_request_household")]

    def __str__(self) -> str:
        return f"reading request {self.pk} of {self.household_id}"
