"""协议终止: that an agreement holds no longer, and who decided it. Nothing of the agreement itself changes."""

from django.conf import settings
from django.db import models

from yixian.compensation.choices import AgreementEnding
from yixian.compensation.models.agreement import Agreement


class VoidProposal(models.Model):
    """宣告无效的提议: one person proposes, by a document, that an agreement be void. Without a second one it has no effect."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="void_proposals")
    reason = models.CharField(max_length=200)
    document = models.CharField(max_length=120)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"void {self.agreement_id}?"


class AgreementEnd(models.Model):
    """The end of an agreement: withdrawn before anybody signed, void by two people, or superseded by a decided case.

    ``decided_by`` is null only where the operator of the machine decided a case.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="end")
    kind = models.CharField(max_length=12, choices=AgreementEnding)
    reason = models.CharField(max_length=200)
    document = models.CharField(max_length=120, blank=True)
    proposal = models.OneToOneField(VoidProposal, null=True, on_delete=models.PROTECT, related_name="end")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=AgreementEnding.VOID, proposal__isnull=False)
                | (~models.Q(kind=AgreementEnding.VOID) & models.Q(proposal=None)),
                name="void_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.kind}"
