"""公开答复信号: the owner of the clause answers everybody, in the time there is for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.kernel.actors import Actor
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import optional, words
from yixian.working_groups.models import SignalAnswer
from yixian.working_groups.queries.signals import get_signal


@transaction.atomic
def answer_signal(
    signal_id: int, words_zh: str, words_en: str = "", *, actor: Actor, at: datetime
) -> SignalAnswer:
    """Answer a signal in public; a later answer stands beside the earlier ones. Raises `Invalid` without words."""
    person = require_person(actor, OPENERS)
    signal = get_signal(actor, signal_id)
    answer = SignalAnswer.objects.create(
        signal=signal,
        words_zh=words("words_zh", words_zh),
        words_en=optional("words_en", words_en),
        by_id=person,
        at=at,
    )
    record(Entry("signal.answered", "signal", signal.pk, signal.area_path), actor=actor, at=at)
    return answer
