"""调查任务: a survey campaign under one freeze notice, its teams, and which village a team is in on which day."""

from django.conf import settings
from django.db import models

from yixian.policies.models import PackVersion
from yixian.registry.models import Area, Organisation


class Campaign(models.Model):
    """A survey of an area by the forms of one pack version; what was built or planted after ``cutoff_on`` is not surveyed.

    The freeze notice (停建令) is cited by number, issuer and day. ``last_day`` is the last planned day, included.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(max_length=80)
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="campaigns")
    freeze_document = models.CharField(max_length=120)
    freeze_issuer = models.CharField(max_length=80)
    freeze_issued_on = models.DateField()
    cutoff_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="campaign_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__gte=models.F("freeze_issued_on")),
                name="survey_after_freeze_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignClosing(models.Model):
    """结束调查: that a campaign takes no more new sheets, by whom and why."""

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="closing")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"closing of {self.campaign_id}"


class SurveyTeam(models.Model):
    """调查组: a measurer and a second surveyor of another organisation. ``languages``: ISO 639-3 codes with commas."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=40)
    measurer = models.CharField(max_length=40)
    measurer_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    second = models.CharField(max_length=40)
    second_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    languages = models.CharField(max_length=40, default="cmn")
    has_woman = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_team_of_a_name"),
            models.CheckConstraint(
                condition=~models.Q(measurer_organisation=models.F("second_organisation")),
                name="team_of_two_organisations",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamDay(models.Model):
    """进村日: that a team is in a village on a day."""

    team = models.ForeignKey(SurveyTeam, on_delete=models.PROTECT, related_name="days")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="survey_days")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "on", "village"], name="one_team_day_per_village")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} in {self.village_id} on {self.on}"
