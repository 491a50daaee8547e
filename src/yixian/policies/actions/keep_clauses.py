"""登记条款: a row and a search document for every clause of a kept pack. Derived from the pack, so no event is written."""

from __future__ import annotations

from django.db import transaction

from yixian.kernel.search import index
from yixian.policies.clause_texts import CLAUSES, clause_texts
from yixian.policies.models import PackClause, PackVersion


@transaction.atomic
def keep_clauses(pack_version_id: int) -> None:
    """Write the rows that are not there yet, and the search documents of all."""
    texts = clause_texts(pack_version_id)
    known = PackClause.objects.filter(pack_version_id=pack_version_id)
    there = set(known.values_list("document", "clause"))
    PackClause.objects.bulk_create(
        PackClause(pack_version_id=pack_version_id, document=document, clause=clause)
        for document, clause in texts
        if (document, clause) not in there
    )
    index((CLAUSES, row.pk, "", texts[row.document, row.clause]) for row in known.all())


def keep_all_clauses() -> None:
    """The same for every pack that was kept before clauses were."""
    for pack_version_id in PackVersion.objects.filter(clauses=None).values_list("pk", flat=True):
        keep_clauses(pack_version_id)
