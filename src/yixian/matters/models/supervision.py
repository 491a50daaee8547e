"""督办: a leader's supervision order to a body, with a day, and what followed until the leader closed it."""

from django.conf import settings
from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.matters.choices import SupervisionStepKind
from yixian.matters.models.matter import Matter
from yixian.registry.models import Organisation


class SupervisionOrder(models.Model):
    """督办件: what a leader orders a body to do and to reply to until a day. Never edited: what follows are `SupervisionStep`s.

    It is about a ``matter``, or about what stands at ``link``, an address of the staff pages, called ``about``.
    """

    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="supervision_orders")
    about = models.CharField(max_length=120)
    link = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(purpose="matter.supervision")
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="supervision_of"),
            models.Index(fields=["by_organisation", "due_on"], name="supervision_by"),
        ]

    def __str__(self) -> str:
        return f"order {self.pk} to {self.organisation_id}"


class SupervisionStep(models.Model):
    """督办经过: the body's reply, that the leader sent it back with a new day, or closed it."""

    order = models.ForeignKey(SupervisionOrder, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=SupervisionStepKind)
    words = SealedTextField(purpose="matter.supervision.step", blank=True)
    due_on = models.DateField(null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "-id"], name="supervision_steps_of")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"
