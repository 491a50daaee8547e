"""现场办公的版本: which version of a session holds, and which it put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from yixian.kernel.memo import memoised
from yixian.outreach.models import OnSiteCorrection


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
