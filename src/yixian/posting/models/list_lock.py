"""锁定名单: the government's opinion on a village's list after its last round, by two persons."""

from django.conf import settings
from django.db import models

from yixian.posting.models.posting import Posting


class ListLock(models.Model):
    """A proposal to lock what was posted in all rounds; it holds once another agrees; till then a later one replaces it.

    ``sha256`` is of the lines as all rounds together leave them; what is paid must equal them.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="locks")
    document = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lock of {self.posting_id}"


class ListLockAgreement(models.Model):
    """同意锁定: that a second person agreed, and when: from then on the list is locked."""

    lock = models.OneToOneField(ListLock, on_delete=models.PROTECT, related_name="agreement")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"agreement to {self.lock_id}"
