"""挂乡与驻村包组: which body stands with which township, village or group, and which leaders stand with a township."""

from django.db import models

from yixian.duty.choices import LeadershipKind
from yixian.registry.models import Area, Helper, Organisation


class Stationing(models.Model):
    """A body's responsibility for an area, from a day until (not including) another, by which document."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stationings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="stationings")
    area_path = models.CharField(max_length=64, db_index=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area"],
                condition=models.Q(valid_until=None),
                name="one_stationing_per_organisation_area",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.area_id}"


class Leadership(models.Model):
    """挂乡蹲点与乡镇主责: a leader's responsibility for a township, from a day until another, by which document.

    The lead of the township stands in at once for anybody there who is suddenly away.
    """

    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="leaderships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="leaderships")
    area_path = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=16, choices=LeadershipKind)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["helper", "area", "kind"],
                condition=models.Q(valid_until=None),
                name="one_leadership_per_leader_area",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=models.Q(valid_until=None, kind=LeadershipKind.TOWNSHIP_LEAD),
                name="one_lead_per_township",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} leads at {self.area_id}"
