"""限额: nothing is promised beyond what a head holds."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yixian.budget.rows import Room
from yixian.domain.money import format_fen
from yixian.kernel.errors import Refused
from yixian.kernel.languages import language


def beyond(room: Room, promised: Mapping[str, int]) -> dict[str, int]:
    """By how many fen sums by head go beyond what each head holds; only the heads that do."""
    return {head: fen - room.total(head) for head, fen in promised.items() if fen > room.total(head)}


def require_within(room: Room, promised: Mapping[str, int]) -> None:
    """Raise `Refused` ``budget.beyond``, naming every head that ``promised`` (fen by head) would go beyond.

    A sum under no head at all is beyond the budget, too. Source: Order 471, Art. 16 and 35; domain 1.7.
    """
    over = beyond(room, promised)
    if not over:
        return
    lang = language()
    pairs = [f"{title_of(room, head, lang)} {format_fen(fen)}" for head, fen in over.items()]
    heads = ("；" if lang == "zh" else "; ").join(pairs)
    raise Refused(
        "budget.beyond",
        _(
            "Beyond the approved budget, by so many yuan: %(heads)s. First a decision beyond that head must be entered and "
            "confirmed."
        ),
        heads=heads,
    )


def title_of(room: Room, head: str, lang: str) -> str:
    """A head in words; its code where the budget does not name it."""
    if head in room.heads:
        return room.heads[head].head.title(lang)
    return head or "—"
