"""核算事实: what a policy pack asks about a household or an item besides people and quantity, dated."""

from django.db import models

from yixian.registry.models import Household


class HouseholdFact(models.Model):
    """One fact of a household, e.g. far or near move: the name that the pack declares, and its value as exact text.

    A change ends the row and a new one follows it. A household that comes about by division has none of its own yet.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "name"],
                condition=models.Q(valid_until=None),
                name="one_current_fact_of_household",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of household {self.household_id}"


class ItemFact(models.Model):
    """One fact of an item, e.g. the use of a field, by the line number that the item keeps when it passes on."""

    line_no = models.CharField(max_length=32)
    name = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line_no", "name"],
                condition=models.Q(valid_until=None),
                name="one_current_fact_of_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of line {self.line_no}"
