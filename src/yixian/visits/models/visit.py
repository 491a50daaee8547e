"""走访: who was at a household on which day, what was said, and whether the household says that it was so."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.registry.models import Helper, Household, Person
from yixian.visits.choices import AcknowledgementWay, VisitKind


class Visit(models.Model):
    """One version of what was written down about a visit, never edited; a correction is a version of its own.

    ``corrects`` is the version before, ``original`` the first one (empty on the first itself): photographs and promises
    belong to the first, the household's confirmation to the version that it saw. ``helper`` is empty where a lead or a
    clerk went. ``key`` is made by the form, so that the same form sent again makes no second visit.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    area_path = models.CharField(max_length=64)
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="visits")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    on = models.DateField()
    begun = models.TimeField(null=True)
    kind = models.CharField(max_length=12, choices=VisitKind)
    others = SealedTextField(purpose="visit.others", blank=True)
    said = SealedTextField(purpose="visit.said")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="versions")
    correction = SealedTextField(purpose="visit.correction", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects=None, original=None)
                | models.Q(corrects__isnull=False, original__isnull=False),
                name="corrections_name_their_first",
            )
        ]
        indexes = [
            models.Index(fields=["household", "-on"], name="visit_household"),
            models.Index(fields=["helper", "-on"], name="visit_helper"),
            models.Index(fields=["area_path", "on"], name="visit_area"),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk} at {self.household_id}"

    @property
    def first_id(self) -> int:
        """The id of the first version, to which photographs and promises belong."""
        return self.original_id or self.pk


class VisitPresence(models.Model):
    """在场: a member of the household who was there."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="present_once_per_visit")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.visit_id}"


class VisitAcknowledgement(models.Model):
    """确认: that the household confirmed one version, and how; or why it did not. ``strokes`` is the signature as SVG path data.

    “Not confirmed” may be followed by a confirmation later; a confirmation stands.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="acknowledgements")
    way = models.CharField(max_length=12, choices=AcknowledgementWay)
    strokes = SealedTextField(purpose="visit.signature", blank=True)
    why_not = SealedTextField(purpose="visit.why_not", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=~models.Q(way=AcknowledgementWay.NONE),
                name="confirmed_once_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.way}"


class VisitObjection(models.Model):
    """异议: what the household says was not so. It is answered in person and by a correction, and stays."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="objections")
    words = SealedTextField(purpose="visit.objection")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"objection to {self.visit_id}"
