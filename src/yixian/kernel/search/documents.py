"""检索文档的增删: many at a time. The full-text index itself follows by triggers (see the migration)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from yixian.domain.text import tokens
from yixian.kernel.models import SearchDocument

_BATCH = 2000

Row = tuple[str, int, str, str]
"""(kind, object id, area path, text or tokens separated by blanks)"""

_T = TypeVar("_T")


def index(rows: Iterable[Row]) -> None:
    """Write documents, replacing those there are for the same objects; of equal objects in ``rows`` the last one counts.

    The text is cut into the house's tokens; tokens cut before stay what they are.
    """
    for batch in _batches(rows):
        documents = {
            (kind, pk): SearchDocument(kind=kind, object_id=pk, area_path=path, body=" ".join(tokens(body)))
            for kind, pk, path, body in batch
        }
        SearchDocument.objects.bulk_create(
            documents.values(),
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["area_path", "body"],
        )


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Take documents out of the index. Ids without a document are passed over."""
    for batch in _batches(object_ids):
        SearchDocument.objects.filter(kind=kind, object_id__in=batch).delete()


def _batches(rows: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
