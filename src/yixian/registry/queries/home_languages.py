"""家里说的话: the languages that households of this register speak at home."""

from __future__ import annotations

from yixian.kernel.memo import memoised
from yixian.registry.choices import Language
from yixian.registry.models import Household


@memoised(Household)
def home_languages() -> frozenset[Language]:
    """The languages of the households in force. That somebody speaks them is told to everybody, who does not."""
    rows = Household.objects.filter(valid_until=None).values_list("language", flat=True)
    return frozenset(map(Language, rows.distinct().order_by()))
