"""帮扶人: cadres and rural party members who stand beside households, and the posts they hold."""

from django.db import models

from yixian.kernel.fields import ScaledDecimalField, SealedTextField
from yixian.registry.choices import HelperKind
from yixian.registry.models.area import Area
from yixian.registry.models.organisation import Organisation
from yixian.registry.models.person import Person


class Helper(models.Model):
    """A person in their work for households.

    ``home_area`` is the village a party member lives in (for a cadre: where they are based, if known); ``lon``/``lat``
    the place they set out from; ``places`` how many households they can take; ``languages`` ISO 639-3 codes with
    commas. ``valid_from``/``valid_until`` bound their availability (leaving, transfer).
    """

    helper_no = models.CharField(max_length=20, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="helper")
    kind = models.CharField(max_length=8, choices=HelperKind)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="helpers")
    home_area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="helpers")
    work_phone = SealedTextField(purpose="helper.work_phone", blank=True)
    languages = models.CharField(max_length=40, default="cmn")
    places = models.PositiveSmallIntegerField(default=0)
    lon = ScaledDecimalField(scale=6, null=True)
    lat = ScaledDecimalField(scale=6, null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["helper_no"]
        indexes = [
            # the few who are not in service are looked up by it, by every board
            models.Index(fields=["valid_until", "valid_from"], name="helper_days")
        ]

    def __str__(self) -> str:
        return self.helper_no


class Post(models.Model):
    """职务: a title held at a body, from a day until (not including) another."""

    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.title
