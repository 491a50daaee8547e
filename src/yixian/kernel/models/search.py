"""检索文档: the tokens of one record, for full-text search on either database (see `yixian.kernel.search`)."""

from django.db import models


class SearchDocument(models.Model):
    """What a record can be found by. ``body`` holds tokens separated by spaces, made by `yixian.kernel.search`."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    area_path = models.CharField(max_length=64, blank=True)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_object")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
