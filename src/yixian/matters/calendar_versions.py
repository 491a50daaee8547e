"""日历版本: by which calendar an event was recorded, so that what was lawful by the calendar of its day stays lawful.

A year's arrangement is published only shortly before it; until then the year is provisional. When it comes, days that had
been counted move, and with them limits that ran out or were kept long ago. Nothing of that may change what was done.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from datetime import datetime

from yixian.domain.procedure import WorkCalendar
from yixian.engines.procedure import calendar_of
from yixian.matters.models import CalendarVersion
from yixian.matters.procedures import beyond, calendar_files, calendar_in_use, digest_of


def current_calendar(*, at: datetime) -> CalendarVersion:
    """The calendar as it stands, kept under its hash."""
    files = calendar_files()
    version, _made = CalendarVersion.objects.get_or_create(
        sha256=digest_of(files), defaults={"files": files, "kept_at": at}
    )
    return version


def calendars_known(versions: Collection[str | None]) -> dict[str | None, WorkCalendar | None]:
    """The calendars of these editions by their hashes; None for that of today.

    An event from before editions were kept (None) is judged by the first that was: it is the one that stood then.
    """
    today = calendar_in_use()
    found: dict[str | None, WorkCalendar | None] = {today: None}
    if None in versions:
        rows = CalendarVersion.objects.order_by("kept_at", "pk").values_list("sha256", flat=True)
        first = rows.first() or today
        found[None] = None if first == today else _calendar(first)
    for sha256 in versions:
        if sha256 is not None and sha256 not in found:
            found[sha256] = _calendar(sha256)
    return found


@functools.lru_cache(maxsize=64)
def _calendar(sha256: str) -> WorkCalendar:
    """Of an edition by its hash, which says everything about it."""
    return beyond(calendar_of(CalendarVersion.objects.get(sha256=sha256).files))
