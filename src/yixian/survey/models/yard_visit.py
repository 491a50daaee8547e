"""入户结果: what a visit of a team to a household came to: measured, nobody there, a stand-in with a paper, or to come again."""

from django.conf import settings
from django.db import models

from yixian.kernel.sealed_files import SealedStorage
from yixian.registry.models import Household
from yixian.survey.choices import YardVisitOutcome
from yixian.survey.models.campaign import SurveyTeam


class YardVisit(models.Model):
    """A visit, never changed: a mistake is followed by another row. ``area_path`` is the household's.

    ``next_on`` is the day of the next visit where the outcome asks for one; ``paper`` the photograph of the letter or mandate
    where somebody stood in for the household, sealed. ``interpreter`` is who interpreted, where the household asked.
    """

    team = models.ForeignKey(SurveyTeam, on_delete=models.PROTECT, related_name="yard_visits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="yard_visits")
    area_path = models.CharField(max_length=64)
    on = models.DateField()
    outcome = models.CharField(max_length=12, choices=YardVisitOutcome.choices)
    representative = models.CharField(max_length=40, blank=True)
    paper = models.FileField(
        upload_to="survey/%Y/%m/", storage=SealedStorage("survey.yard_paper"), blank=True
    )
    asked_interpreter = models.BooleanField(default=False)
    interpreter = models.CharField(max_length=40, blank=True)
    asked_woman = models.BooleanField(default=False)
    next_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["household", "on"], name="yard_visit_household")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_on=None) | models.Q(next_on__gt=models.F("on")),
                name="next_yard_visit_is_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.household_id} on {self.on}"
