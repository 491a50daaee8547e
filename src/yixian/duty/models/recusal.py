"""回避与换人: who must not stand beside whom, and households that asked for another helper."""

from django.conf import settings
from django.db import models

from yixian.duty.choices import RecusalGround, RequestChannel
from yixian.kernel.fields import SealedTextField
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


class Recusal(models.Model):
    """A helper may not stand beside a household from a day until (not including) another, on a named ground.

    Kin that the register itself knows are not written here (`yixian.duty.kin`). ``degree`` is that of the kinship, 1 to 3.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="recusals")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=12, choices=RecusalGround)
    degree = models.PositiveSmallIntegerField(null=True)
    document = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground=RecusalGround.KIN, degree__in=(1, 2, 3))
                | (~models.Q(ground=RecusalGround.KIN) & models.Q(degree=None)),
                name="kin_have_a_degree",
            ),
        ]
        indexes = [models.Index(fields=["household", "helper"], name="recusal_pair")]

    def __str__(self) -> str:
        return f"{self.helper_id} not beside {self.household_id}"


class HelperRequest(models.Model):
    """换人申请: a household asked for another helper. Once a year by right, without a reason; its words are sealed.

    ``settled_at`` is when somebody else was found; until then the helper it has stays, and every new solution tries again.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="helper_requests")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="requests_about")
    role = models.CharField(max_length=8, choices=HelperKind)
    area_path = models.CharField(max_length=64, db_index=True)
    channel = models.CharField(max_length=8, choices=RequestChannel)
    by_right = models.BooleanField()
    reason = SealedTextField(purpose="helper_request.reason", blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "role"],
                condition=models.Q(settled_at=None, withdrawn_at=None),
                name="one_open_request_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household_id} asks for another {self.role}"
