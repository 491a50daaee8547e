"""用户与授权: who can sign in, and the dated roles they hold."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from yixian.kernel.roles import STAFF_ROLES


class User(AbstractUser):
    """A person who signs in. ``helper_id`` names their row in the register of helpers, if they have one."""

    display_name = models.CharField(max_length=60, blank=True)
    helper_id = models.BigIntegerField(null=True, blank=True, unique=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or self.username


class RoleGrant(models.Model):
    """A role held by a user over an area ("" is all) or on behalf of a body, from a day until (not including) another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in STAFF_ROLES])
    area_path = models.CharField(max_length=64, blank=True)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "valid_from"], name="grant_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
