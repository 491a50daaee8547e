"""挂乡与驻村包组: which body stands with which township, village or group."""

from django.db import models

from yixian.registry.models import Area, Body


class Stationing(models.Model):
    """A body's responsibility for an area, from a day until (not including) another, by which document."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="stationings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="stationings")
    area_path = models.CharField(max_length=64, db_index=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "area"],
                condition=models.Q(valid_until=None),
                name="one_stationing_per_body_area",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} at {self.area_id}"
