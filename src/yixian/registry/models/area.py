"""区划: the area tree, and the official codes that areas have borne."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.kernel.fields import ScaledDecimalField
from yixian.registry.models.named import NamedInTwoLanguages

_LEVEL_LABELS = [
    (AreaLevel.PROVINCE.value, _("Province")),
    (AreaLevel.COUNTY.value, _("County")),
    (AreaLevel.TOWNSHIP.value, _("Township")),
    (AreaLevel.VILLAGE.value, _("Village")),
    (AreaLevel.GROUP.value, _("Group")),
]


class Area(NamedInTwoLanguages, models.Model):
    """A place in the tree province → county → township → village → group.

    ``path`` (see `yixian.domain.areas`) never changes; ``code`` is the official code borne today, whose history is in
    `AreaCode`. ``lon`` and ``lat`` are degrees (WGS 84) of the area's seat.
    """

    level = models.CharField(max_length=12, choices=_LEVEL_LABELS)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=14, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=64, unique=True)
    lon = ScaledDecimalField(scale=6, null=True)
    lat = ScaledDecimalField(scale=6, null=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class AreaShape(models.Model):
    """区划图形: the outline of a place, and the river that runs through it, as GeoJSON in the form of `yixian.domain.geometry`.

    Apart from the place, because lists of places never need it. Either may be "" where it is not recorded.
    """

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="shape", primary_key=True)
    outline = models.TextField(blank=True)
    waterline = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"shape of {self.area_id}"


class AreaCode(models.Model):
    """区划代码沿革: a code that an area bore from a day until (not including) another, and by which document."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=14)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=models.Q(valid_until=None), name="one_current_code_per_area"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_until=None), name="one_area_per_current_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code
