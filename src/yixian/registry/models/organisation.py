"""机构: departments, leading bodies, committees and offices."""

from django.db import models

from yixian.registry.choices import OrganisationKind
from yixian.registry.models.area import Area
from yixian.registry.models.named import NamedInTwoLanguages


class Organisation(NamedInTwoLanguages, models.Model):
    """An organisation that can be responsible for something. ``code`` is the county's own number for it.

    ``phone``, ``address`` and ``hours`` are how the public reaches it: they stand on public pages and are not sealed.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=24, choices=OrganisationKind)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
