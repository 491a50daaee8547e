"""引用条款: clauses that matters point at and decisions rest on, in the words of the library."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from yixian.kernel.languages import language
from yixian.matters.matter_read_models import CitedView
from yixian.policies.models import PackClause
from yixian.policies.queries import read_pack

Key = tuple[str, str, str]


def cited_clauses(keys: Iterable[Key]) -> tuple[CitedView, ...]:
    """Clauses by (pack, document, clause), each in the latest version of its pack; one that is gone keeps its ids."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return ()
    match = Q(pk__in=())
    for pack_id, document, clause in wanted:
        match |= Q(pack_version__pack_id=pack_id, document=document, clause=clause)
    latest: dict[Key, int] = {}
    for row in (
        PackClause.objects.filter(match)
        .order_by("pack_version_id")
        .values_list("pack_version__pack_id", "document", "clause", "pack_version_id")
    ):
        latest[row[0], row[1], row[2]] = row[3]
    return tuple(_cited(key, latest.get(key)) for key in wanted)


def _cited(key: Key, pack_version_id: int | None) -> CitedView:
    pack_id, document_id, clause_id = key
    if pack_version_id is None:
        return CitedView(*key, title=document_id, words=clause_id)
    document = read_pack(pack_version_id).documents[document_id]
    lang = language()
    return CitedView(
        pack_id,
        document_id,
        clause_id,
        f"{document.title(lang)} {document.number}".strip(),
        document.clauses[clause_id].plain(lang),
    )
