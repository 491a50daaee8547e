"""政策包: a whole pack as it was published, and the days on which it is in force somewhere."""

from django.conf import settings
from django.db import models

from yixian.registry.models import Area


class PackVersion(models.Model):
    """A published pack, immutable: its canonical bytes and their SHA-256 are its identity."""

    pack_id = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack_id", "version"], name="one_content_per_version")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.version}"


class PackAdoption(models.Model):
    """采用: a pack version in force for a county from a day until (not including) another.

    Proposed by one person and approved by another; before approval it has no effect at all. One that was called off before it
    began ends on the day on which it was to begin.
    """

    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="adoptions")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="pack_adoptions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("proposed_by")),
                name="adoption_needs_two_people",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=models.Q(valid_until=None, approved_by__isnull=False),
                name="one_open_adoption_per_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_version_id} in {self.area_id} from {self.valid_from}"

    @property
    def is_called_off(self) -> bool:
        """Whether it was called off before it began."""
        return self.valid_until == self.valid_from
