"""现场办公的版本: which version of a session holds, and which it put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from yixian.kernel.memo import memoised
from yixian.outreach.models import OnSiteCorrection, OnSiteDecision, OnSiteSession


@memoised(OnSiteCorrection)
def replaced() -> Mapping[int, int]:
    """Every version that was put right, with the one that holds now: a county has a few."""
    steps = dict(OnSiteCorrection.objects.values_list("old", "new"))
    found = {}
    for old in steps:
        holding = old
        while holding in steps:
            holding = steps[holding]
        found[old] = holding
    return MappingProxyType(found)


def versions_of(session_id: int) -> list[int]:
    """All versions of the session that a version belongs to, the first one first, the one that holds last."""
    later = replaced()
    last = later.get(session_id, session_id)
    return sorted([*(old for old, new in later.items() if new == last), last])


def by_version(session_ids: Iterable[int]) -> dict[int, int]:
    """For every version of these sessions, the one that holds."""
    later = replaced()
    last = {later.get(pk, pk) for pk in session_ids}
    return {**{pk: pk for pk in last}, **{old: new for old, new in later.items() if new in last}}


def holding_sessions(rows: Iterable[OnSiteDecision]) -> dict[int, OnSiteSession]:
    """By the session that decisions were written down with: the version that holds, which has its day and its place."""
    found = {row.session_id: row.session for row in rows}
    later = replaced()
    wanted = {later[pk] for pk in found if pk in later}
    latest = OnSiteSession.objects.select_related("area").in_bulk(wanted) if wanted else {}
    return found | {pk: latest[later[pk]] for pk in found if pk in later}


def with_holding(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Decisions with ``held_on`` and ``held_at``, day and place as the version of their session that holds has them."""
    changed = [When(session=old, then=Value(new)) for old, new in replaced().items()]
    holding = Case(*changed, default=F("session"), output_field=IntegerField()) if changed else F("session")
    session = OnSiteSession.objects.filter(pk=OuterRef("holding"))
    annotated: QuerySet[Any] = rows.annotate(holding=holding).annotate(
        held_on=Subquery(session.values("on")[:1]), held_at=Subquery(session.values("place")[:1])
    )
    return annotated
