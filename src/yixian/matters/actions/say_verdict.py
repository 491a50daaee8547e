"""本人评价: what the person says became of their matter. Only they can, or the caller who is in nobody's line of work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.matters import limits
from yixian.matters.actions.handling import handling
from yixian.matters.choices import Verdict
from yixian.matters.intake import optional_words
from yixian.matters.models import Matter, MatterVerdict
from yixian.matters.pending import ANSWERED
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.receipt_digits import without_receipts
from yixian.matters.steps import VERDICT


@transaction.atomic
def say_verdict(
    proof: MatterCredential,
    verdict: Verdict,
    satisfied: int,
    words: str = "",
    *,
    source: str = "",
    actor: Actor = PUBLIC,
    at: datetime,
) -> MatterVerdict:
    """Say whether it is resolved, and how satisfied one is (1 to 5). It may be said again; the latest counts."""
    matter = authenticated_matter(proof, source=source, actor=actor, at=at)
    return _write(matter, verdict, satisfied, words, None, at)


@transaction.atomic
def note_verdict(
    number: str, verdict: Verdict, satisfied: int, words: str = "", *, actor: Actor, at: datetime
) -> MatterVerdict:
    """Write down what the person said to the independent caller. Raises `NotPermitted` for whoever ever handled it."""
    taken = handling(VERDICT, number, actor=actor, at=at)
    return _write(taken.matter, verdict, satisfied, words, taken.user_id, at)


def _write(
    matter: Matter, verdict: Verdict, satisfied: int, words: str, user_id: int | None, at: datetime
) -> MatterVerdict:
    if not 1 <= satisfied <= 5:
        raise Invalid("matter.satisfied", _("Choose one of the five."), field="satisfied")
    if not matter.events.filter(kind__in=ANSWERED).exists():
        raise Refused("matter.nothing_told", _("The office has not answered yet: there is nothing to judge."))
    return MatterVerdict.objects.create(
        matter=matter,
        verdict=verdict,
        satisfied=satisfied,
        words=without_receipts(optional_words("words", words, limits.MAX_REASON)),
        by_id=user_id,
        at=at,
    )
