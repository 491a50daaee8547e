"""协议: what a household, the bureau and an attesting body signed — one version of an account, and nothing after it."""

from django.conf import settings
from django.db import models

from yixian.compensation.choices import Party, SignedBy
from yixian.compensation.models.statement import Statement
from yixian.kernel.fields import SealedTextField
from yixian.registry.models import Household, Organisation, Person


class Agreement(models.Model):
    """An agreement as drawn up over one issued version of an account. Never edited.

    ``content`` is the sealed JSON of everything its paper shows besides the lines (`yixian.compensation.drawing_up`).
    ``sequence`` counts the household's agreements, so that two drawn up at once cannot both be kept. Whether it is
    signed or has ended is not stored here: it follows from the signatures and the end.
    """

    number = models.CharField(max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="agreements")
    area_path = models.CharField(max_length=64, db_index=True)
    sequence = models.PositiveIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="agreements")
    bureau = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    attesting_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content = SealedTextField(purpose="agreement.content")
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "sequence"], name="one_agreement_per_sequence"),
            models.CheckConstraint(
                condition=~models.Q(bureau=models.F("attesting_organisation")),
                name="attested_by_another_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AgreementSignature(models.Model):
    """签字: one party's signature: who signed, for which body and in which post, on which day and how.

    For the household ``signer`` is one of its adults; ``authority`` and ``authority_paper`` say why and by which paper
    somebody else than the head signed. ``kept_at`` names where the signed original is kept.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=12, choices=Party)
    signer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    authority_paper = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField()
    way = models.CharField(max_length=8, choices=SignedBy)
    kept_at = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_per_party"),
            models.UniqueConstraint(fields=["agreement", "recorded_by"], name="one_party_per_recorder"),
            models.CheckConstraint(
                condition=models.Q(party=Party.HOUSEHOLD, signer__isnull=False, post="")
                | (~models.Q(party=Party.HOUSEHOLD) & models.Q(signer=None) & ~models.Q(post="")),
                name="signed_by_person_or_post",
            ),
            models.CheckConstraint(
                condition=models.Q(way=SignedBy.CARD, party=Party.HOUSEHOLD)
                | (models.Q(way=SignedBy.PAPER) & ~models.Q(kept_at="")),
                name="paper_is_kept_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} of {self.agreement_id}"
