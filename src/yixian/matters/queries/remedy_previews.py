"""更正预览: from what to what each line of a decided remedy goes, as far as whoever looks may see the household."""

from __future__ import annotations

from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.matters.models import Matter
from yixian.matters.pending import open_remedy
from yixian.matters.remedies import Change, get_remedy, preview_of
from yixian.matters.remedy_lines import RemedyLine, change_words, read


def preview(household_id: int, line: RemedyLine, actor: Actor, at: datetime) -> Change | None:
    """What a line would change as the register stands; None where the actor does not reach it, or a value is wrong."""
    kind = get_remedy(line.kind)
    if kind is None:
        return None
    try:
        return preview_of(kind)(household_id, line.values, actor=actor, at=at)
    except YixianError:
        return None


def open_changes(actor: Actor, matter: Matter, *, at: datetime) -> list[str]:
    """What of a matter is decided and not carried out yet, each line in a sentence as the register stands now."""
    decision = open_remedy(matter)
    if decision is None:
        return []
    remedies = read(decision.remedy, decision.remedy_values)
    return [change_words(line, preview(remedies.household_id, line, actor, at)) for line in remedies.lines]
