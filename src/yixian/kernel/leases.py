"""租约: leases — which process works on a row, taken by one conditional UPDATE, so that two who ask at once cannot both have it.

Whoever dies holding it loses it when its time is over. Nothing is locked meanwhile, so the work may take long and write
in transactions of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet

MAX_LEASE = timedelta(hours=2)
"""No lease is longer: one that reaches further was taken before the machine's clock was put back, and holds no more."""


def free(at: datetime) -> Q:
    """Rows that are in nobody's hands at a moment."""
    return Q(held_until=None) | Q(held_until__lte=at) | Q(held_until__gt=at + MAX_LEASE)


def take(row: QuerySet[Any], *, at: datetime, lease: timedelta, **changes: Any) -> UUID | None:
    """Take the one row that a query holds, writing ``changes`` with it; None if it is in other hands or not there.

    Call it outside a transaction: others must see at once that it is taken.
    """
    holder = uuid4()
    taken = row.filter(free(at)).update(held_by=holder, held_until=at + lease, **changes)
    return holder if taken else None


def give_back(row: QuerySet[Any], holder: UUID, **changes: Any) -> bool:
    """Let go of the row, writing ``changes`` with it; False (and nothing is written) if it has passed to another meanwhile."""
    return bool(row.filter(held_by=holder).update(held_by=None, held_until=None, **changes))
