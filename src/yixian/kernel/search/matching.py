"""检索: from what somebody typed to the ids of the records that match, as a subquery.

Consecutive Han characters are a phrase; Latin letters and digits are the beginning of a token (pinyin, initials); several
words must all match. Only tokens of our own making reach the database's query language, so nothing typed can be an
operator.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from yixian.domain.text import phrases
from yixian.kernel.models import SearchDocument


def matching_ids(kind: str, query: str) -> QuerySet[SearchDocument, int]:
    """``object_id`` of every document of a kind that matches; nothing for a query without a single token.

    Use it as a subquery: ``Household.objects.filter(pk__in=matching_ids("household", "张小"))``.
    """
    groups = [part for group in phrases(query) for part in _same_script(group)]
    rows = SearchDocument.objects.filter(kind=kind)
    if not groups:
        return rows.none().values_list("object_id", flat=True)
    if connection.vendor == "postgresql":
        text = " & ".join(_postgres(group) for group in groups)
        rows = rows.filter(RawSQL("vector @@ %s::tsquery", [text], output_field=BooleanField()))
    else:
        text = " AND ".join(_sqlite(group) for group in groups)
        found = RawSQL("SELECT rowid FROM kernel_searchindex WHERE kernel_searchindex MATCH %s", [text])
        rows = rows.filter(pk__in=found)
    return rows.values_list("object_id", flat=True)


def _same_script(group: list[str]) -> list[list[str]]:
    """A group such as 张san cut where the script changes: [[张], [san]]."""
    parts: list[list[str]] = []
    for token in group:
        if parts and token.isascii() == parts[-1][-1].isascii():
            parts[-1].append(token)
        else:
            parts.append([token])
    return parts


def _sqlite(group: list[str]) -> str:
    quoted = " ".join(group)
    return f'"{quoted}" *' if group[-1].isascii() else f'"{quoted}"'


def _postgres(group: list[str]) -> str:
    quoted = " <-> ".join(f"'{token}'" for token in group)
    return f"({quoted}:*)" if group[-1].isascii() else f"({quoted})"
