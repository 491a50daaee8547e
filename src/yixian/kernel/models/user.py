"""用户与授权: who can sign in, the dated roles they hold, and the one-time codes with which they choose a password."""

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
    """A role held by a user over an area ("" is all) or on behalf of a body, from a day until (not including) another.

    While ``waiting`` it gives nothing: a second person must confirm what ``given_by_id`` gave.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in STAFF_ROLES])
    area_path = models.CharField(max_length=64, blank=True)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    waiting = models.BooleanField(default=False)
    given_by_id = models.BigIntegerField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "valid_from"], name="grant_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class SignInCode(models.Model):
    """A one-time code, kept as a keyed digest, with which its user chooses a password before ``expires_at``.

    While ``waiting`` it opens nothing: a second person must confirm it. ``clears_factor``: its use also takes away the
    second factors, for somebody whose telephone is lost.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_in_codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_by_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    waiting = models.BooleanField(default=False)
    confirmed_by_id = models.BigIntegerField(null=True)
    clears_factor = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"code of {self.user_id}"
