"""外业设备: a phone or tablet that a team sends its sheets with, and when its credential ended."""

from django.conf import settings
from django.db import models

from yixian.survey.models.campaign import SurveyTeam


class FieldDevice(models.Model):
    """A credential for one device of a team. Its secret is random and long, shown once and kept only as its SHA-256."""

    team = models.ForeignKey(SurveyTeam, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=40)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label


class DeviceLastSeen(models.Model):
    """最近联系: when a device last showed its credential, to within five minutes."""

    device = models.OneToOneField(FieldDevice, on_delete=models.PROTECT, related_name="last_seen")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.device_id} at {self.at}"


class DeviceRevocation(models.Model):
    """停用设备: that a credential ended before its time, by whom and why. It holds at once."""

    device = models.OneToOneField(FieldDevice, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"revocation of {self.device_id}"
