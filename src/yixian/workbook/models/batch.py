"""导入批次: one uploaded workbook, what the check found, and what was done with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yixian.kernel.fields import SealedTextField
from yixian.kernel.sealed_files import SealedStorage
from yixian.workbook.workbook_storage import PURPOSE


class BatchState(models.TextChoices):
    """Where a batch stands."""

    STAGED = "staged", _("Uploaded, not checked yet")
    CHECKED = "checked", _("Checked, ready to commit")
    FAULTY = "faulty", _("Checked, has errors")
    COMMITTED = "committed", _("Committed")
    DISCARDED = "discarded", _("Discarded")


class ImportBatch(models.Model):
    """A workbook on its way in. The stored file *is* the staging area: the commit reads and checks it again.

    ``summary`` holds counts per sheet, the differences found and the errors shown (see `yixian.workbook.summary`).
    ``money`` holds, sealed, what of it a second person must agree to (`yixian.workbook.money_changes`), as JSON; "" for nothing.
    ``area_path`` is the smallest area that holds the whole reach of whoever handed it in ("" for the whole register).
    """

    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/", storage=SealedStorage(PURPOSE))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.STAGED)
    partial = models.BooleanField(default=False)
    summary = models.JSONField(default=dict)
    money = SealedTextField(purpose="import.money", blank=True)
    report = models.FileField(upload_to="imports/%Y/", storage=SealedStorage(PURPOSE), blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    area_path = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether it was entered, or laid aside."""
        return self.state in {BatchState.COMMITTED, BatchState.DISCARDED}
