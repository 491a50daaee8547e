"""移民卡: the household's card, its code and PIN."""

from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.registry.models.household import Household


class HouseholdCard(models.Model):
    """A card as issued: sixteen random digits and a PIN. The PIN is never stored, only a keyed digest of it.

    ``code`` is sealed so that the same card can be printed again; a lost PIN means a new card.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cards")
    code = SealedTextField(purpose="card.code")
    code_index = models.CharField(max_length=32, unique=True)
    pin_digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(revoked_at=None), name="one_card_per_household"
            )
        ]

    def __str__(self) -> str:
        return f"card of {self.household_id}"
