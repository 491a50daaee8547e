"""移民户: a migrant household and who belongs to it, when."""

from django.db import models

from yixian.kernel.fields import ScaledDecimalField, SealedTextField
from yixian.registry.choices import (
    Eligibility,
    Gender,
    HouseholdEnd,
    Language,
    RegisterType,
    Relation,
    Zone,
)
from yixian.registry.models.area import Area
from yixian.registry.models.person import Person


class Household(models.Model):
    """A household (户). ``area_path`` repeats its group's path, so that every scope is one range.

    ``host_area`` is the village (安置地) that takes it in, once that is settled. ``head`` repeats the member whose relation
    is *head*, for lists; only actions write both. ``difficulty`` (1-3) says how much help the household needs, never how it
    behaves. ``requested_gender`` is the household's own wish for its helper. The bank account is sealed; its last four
    digits are kept for recognition.
    """

    household_no = models.CharField(max_length=24, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="households")
    area_path = models.CharField(max_length=64)
    host_area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="guests")
    head = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="headed_households")
    zone = models.CharField(max_length=8, choices=Zone, default=Zone.RURAL)
    address = models.CharField(max_length=120, blank=True)
    lon = ScaledDecimalField(scale=6, null=True)
    lat = ScaledDecimalField(scale=6, null=True)
    language = models.CharField(max_length=8, choices=Language, default=Language.MANDARIN)
    requested_gender = models.CharField(max_length=8, choices=Gender, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=1)
    phone = SealedTextField(purpose="household.phone", blank=True)
    bank_name = models.CharField(max_length=60, blank=True)
    bank_account = SealedTextField(purpose="household.bank_account", blank=True)
    bank_index = models.CharField(max_length=32, blank=True, db_index=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    ended_as = models.CharField(max_length=20, choices=HouseholdEnd, blank=True)

    class Meta:
        ordering = ["household_no"]
        indexes = [
            models.Index(fields=["area_path", "household_no"], name="household_area"),
            # holds all that says who is in the register and where, so that boards and counts read the index alone
            models.Index(
                fields=["area_path", "valid_until", "valid_from", "household_no"], name="household_days"
            ),
        ]

    def __str__(self) -> str:
        return self.household_no


class HouseholdMember(models.Model):
    """家庭成员: a person's membership of a household from a day until (not including) another, and how they count."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=16, choices=Relation)
    register_type = models.CharField(max_length=20, choices=RegisterType)
    present_at_cutoff = models.BooleanField()
    eligibility = models.CharField(max_length=16, choices=Eligibility)
    eligibility_note = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_until=None), name="one_household_per_person"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(valid_until=None, relation=Relation.HEAD),
                name="one_head_per_household",
            ),
        ]
        indexes = [models.Index(fields=["household", "valid_until"], name="member_household")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
