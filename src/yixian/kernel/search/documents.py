"""检索文档的增删: many at a time. The full-text index itself follows by triggers (see the migration)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from yixian.kernel.models import SearchDocument

_BATCH = 2000

Row = tuple[str, int, str, str]
"""(kind, object id, area path, tokens separated by blanks)"""


def index(rows: Iterable[Row]) -> None:
    """Write documents, replacing those there are for the same objects."""
    for batch in _batches(rows):
        SearchDocument.objects.bulk_create(
            [
                SearchDocument(kind=kind, object_id=pk, area_path=path, body=body)
                for kind, pk, path, body in batch
            ],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["area_path", "body"],
        )


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Take documents out of the index."""
    SearchDocument.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
