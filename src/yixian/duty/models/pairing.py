"""包户与结对: who stands beside which household, and the solved runs they come from."""

from django.db import models

from yixian.duty.choices import PairingPart
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


class PairingRun(models.Model):
    """One exact solution: what it was solved from, its proof and its fairness figures, never edited.

    ``proof`` and ``fairness`` are the JSON documents of `yixian.engines.pairing`; ``inputs_sha256`` names the tables.
    """

    at = models.DateTimeField()
    on_date = models.DateField()
    area_path = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    inputs_sha256 = models.CharField(max_length=64)
    proof = models.JSONField()
    fairness = models.JSONField()

    def __str__(self) -> str:
        return f"pairing run {self.pk}"


class Pairing(models.Model):
    """A helper beside a household in one role, from a day until (not including) another, with the reasons.

    ``cost`` is the engine's cost of the pair (metres of distance plus named penalties). A stand-in stands in for the pairing
    ``stands_in_for`` while its helper is away. An interval without a day is one that was called off before it began.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="pairings")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="pairings")
    role = models.CharField(max_length=8, choices=HelperKind)
    part = models.CharField(max_length=8, choices=PairingPart, default=PairingPart.FIRST)
    stands_in_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="stand_ins")
    area_path = models.CharField(max_length=64)
    cost = models.BigIntegerField()
    run = models.ForeignKey(PairingRun, null=True, on_delete=models.PROTECT, related_name="pairings")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    began_because = models.CharField(max_length=200)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "helper"],
                condition=models.Q(valid_until=None),
                name="one_pairing_per_pair",
            ),
            models.UniqueConstraint(
                fields=["household", "role"],
                condition=models.Q(valid_until=None, part=PairingPart.FIRST),
                name="one_responsible_per_role",
            ),
            models.CheckConstraint(
                condition=models.Q(part=PairingPart.STAND_IN, stands_in_for__isnull=False)
                | (~models.Q(part=PairingPart.STAND_IN) & models.Q(stands_in_for=None)),
                name="stand_in_for_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="pairing_ends_after_it_began",
            ),
        ]
        indexes = [
            # holds all that says whether somebody stands beside a household, so that boards read the index alone
            models.Index(
                fields=["household", "role", "valid_until", "valid_from", "helper"], name="pairing_household"
            ),
            # the same the other way round: how many households each helper stands beside
            models.Index(fields=["helper", "valid_until", "valid_from", "household"], name="pairing_helper"),
            models.Index(fields=["area_path", "role"], name="pairing_area"),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} beside {self.household_id}"


class PairingShortage(models.Model):
    """缺口: a set of households that the helpers able to serve them cannot all take, as one run found it.

    ``household_ids`` go without; ``helper_ids`` are those who could serve them and are full. ``sentences`` say it in each
    language, ``remedies`` are the figures of what would end it, ranked (`yixian.duty.shortages`).
    """

    run = models.ForeignKey(PairingRun, on_delete=models.PROTECT, related_name="shortages")
    role = models.CharField(max_length=8, choices=HelperKind)
    households = models.PositiveIntegerField()
    helpers = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    short = models.PositiveIntegerField()
    household_ids = models.JSONField()
    helper_ids = models.JSONField(default=list)
    sentences = models.JSONField(default=dict)
    remedies = models.JSONField(default=list)
    area_path = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"short {self.short}"
