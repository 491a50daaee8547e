"""检索: from what somebody typed to the ids of the records that match, as a subquery.

Consecutive Han characters are a phrase; Latin letters and digits are the beginning of a token (pinyin, initials); several
words must all match. Pinyin may be typed with blanks (shan xiao fang): words in a row also count run together. Only tokens
of our own making reach the database's query language, so nothing typed can be an operator.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, islice

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from yixian.domain.text import MAX_TOKEN_LENGTH, phrases
from yixian.kernel.models import SearchDocument

_MAX_TOKENS = 64
"""Tokens of a query that count. Nobody types more; a page pasted into the search box does."""


def matching_ids(kind: str, query: str, *, limit: int | None = None) -> QuerySet[SearchDocument, int]:
    """``object_id`` of every document of a kind that matches; nothing for a query without a single token.

    With ``limit``, so many of them at most, lowest id first. Use it as a subquery:
    ``Household.objects.filter(pk__in=matching_ids("household", "张小"))``. Raises nothing, whatever is typed.
    """
    runs = _runs(query)
    if not runs:
        rows = SearchDocument.objects.none()
    elif connection.vendor == "postgresql":
        rows = _on_postgres(kind, " & ".join(_postgres(run) for run in runs))
    else:
        rows = _on_sqlite(kind, " AND ".join(_sqlite(run) for run in runs))
    ids = rows.values_list("object_id", flat=True)
    return ids if limit is None else ids.order_by("object_id")[:limit]


def matching_any_ids(kind: str, words: Iterable[str]) -> QuerySet[SearchDocument, int]:
    """``object_id`` of every document of a kind that holds one of the words: Han words whole, Latin ones by their beginning.

    For questions in somebody's own words, of which no document holds all. At most 64 words count; without a single token
    nothing is found.
    """
    runs = [run for word in islice(words, _MAX_TOKENS) for run in _runs(word)]
    if not runs:
        rows = SearchDocument.objects.none()
    elif connection.vendor == "postgresql":
        rows = _on_postgres(kind, " | ".join(_postgres(run) for run in runs))
    else:
        rows = _on_sqlite(kind, " OR ".join(f"({_sqlite(run)})" for run in runs))
    return rows.values_list("object_id", flat=True)


def _on_postgres(kind: str, match: str) -> QuerySet[SearchDocument]:
    matches = RawSQL("vector @@ %s::tsquery", [match], output_field=BooleanField())
    return SearchDocument.objects.filter(matches, kind=kind)


def _on_sqlite(kind: str, match: str) -> QuerySet[SearchDocument]:
    """The full-text index leads: the + keeps SQLite from walking through all documents of the kind instead."""
    rowids = RawSQL("SELECT rowid FROM kernel_searchindex WHERE kernel_searchindex MATCH %s", [match])
    of_kind = RawSQL("+kind = %s", [kind], output_field=BooleanField())
    return SearchDocument.objects.filter(of_kind, pk__in=rowids)


def _runs(query: str) -> list[list[str]]:
    """The query's tokens in runs of one script: each Han phrase by itself, neighbouring Latin words together."""
    left = _MAX_TOKENS
    runs: list[list[str]] = []
    for group in phrases(query):
        for latin, run in groupby(group[:left], key=str.isascii):
            if latin and runs and runs[-1][0].isascii():
                runs[-1].extend(run)
            else:
                runs.append(list(run))
        left -= min(left, len(group))
    return runs


def _joined(run: list[str]) -> str:
    return "".join(run)[:MAX_TOKEN_LENGTH]


def _sqlite(run: list[str]) -> str:
    if not run[0].isascii():
        return f'"{" ".join(run)}"'
    each = " AND ".join(f'"{token}" *' for token in run)
    return each if len(run) == 1 else f'(({each}) OR "{_joined(run)}" *)'


def _postgres(run: list[str]) -> str:
    if not run[0].isascii():
        return f"({' <-> '.join(run)})"
    each = " & ".join(f"{token}:*" for token in run)
    return each if len(run) == 1 else f"(({each}) | {_joined(run)}:*)"
