"""条款目录: every clause of every kept pack as a row, so that it can be searched and cited."""

from django.db import models

from yixian.policies.models.pack import PackVersion


class PackClause(models.Model):
    """One clause of one pack version, by its ids; its words stay in the pack. Derived from the pack and never changed."""

    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="clauses")
    document = models.CharField(max_length=120)
    clause = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack_version", "document", "clause"], name="one_row_per_clause")
        ]

    def __str__(self) -> str:
        return f"{self.pack_version_id} {self.document} {self.clause}"
