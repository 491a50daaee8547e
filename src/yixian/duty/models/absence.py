"""离岗: who is away from their duty, announced or sudden, for a time or for good."""

from django.conf import settings
from django.db import models

from yixian.duty.choices import AbsenceKind
from yixian.registry.models import Helper, Organisation


class Absence(models.Model):
    """A helper does not stand beside anybody from a day until (not including) another; without an end, for good or until found;
    without a day, called off before it began.

    ``noticed_at`` is the moment from which a sudden absence counts; ``covered_at`` the moment from which every household
    had somebody again, with the township's lead standing in between. ``to_organisation`` names where a transfer leads.
    """

    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=12, choices=AbsenceKind)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    document = models.CharField(max_length=120, blank=True)
    to_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(null=True)
    covered_at = models.DateTimeField(null=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=AbsenceKind.LEAVE) | models.Q(valid_until__isnull=False),
                name="leave_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=AbsenceKind.SUDDEN, noticed_at__isnull=False)
                | (~models.Q(kind=AbsenceKind.SUDDEN) & models.Q(noticed_at=None)),
                name="sudden_absence_is_noticed",
            ),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_until"], name="absence_days")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.helper_id}"

    @property
    def is_called_off(self) -> bool:
        """Whether it was called off before it began: then it has no day."""
        return self.valid_until == self.valid_from
