"""实物指标: one surveyed thing of a household."""

from django.db import models

from yixian.kernel.fields import ScaledDecimalField
from yixian.registry.models import Household


class InventoryItem(models.Model):
    """One line of the survey: a house, a field, trees, a grave.

    ``item_code`` is a code of the pack; ``quantity`` is in the unit that the pack gives it (four decimals at most).
    A correction ends the row and a new one follows it with the same ``line_no`` and ``follows`` set.
    """

    line_no = models.CharField(max_length=32)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="items")
    area_path = models.CharField(max_length=64)
    item_code = models.CharField(max_length=64)
    quantity = ScaledDecimalField(scale=4)
    place = models.CharField(max_length=80, blank=True)
    surveyed_on = models.DateField()
    surveyor = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line_no"], condition=models.Q(valid_until=None), name="one_current_item_per_line"
            )
        ]
        indexes = [models.Index(fields=["household", "valid_until"], name="item_household")]

    def __str__(self) -> str:
        return self.line_no
