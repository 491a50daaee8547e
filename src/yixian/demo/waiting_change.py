"""示范变更: a clerk proposed to put a line of the survey right, with its document; a second person has still to agree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yixian.compensation.models import Agreement
from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.inventory.actions.correct_item import ItemCorrection
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.models import InventoryItem
from yixian.registry.choices import ChangeOutcome
from yixian.registry.models import ProposedChange
from yixian.registry.second_person import Document

_REASON = "复核丈量，少登记半个单位（演示）"
_DOCUMENT = "复核单2026-03（演示）"


def change_waits() -> bool:
    """Whether one was proposed and nobody has decided, or there is nothing to propose."""
    return (
        ProposedChange.objects.filter(outcome=ChangeOutcome.WAITING).exists()
        or not InventoryItem.objects.exists()
    )


@transaction.atomic
def propose_change_of_line(*, at: datetime) -> None:
    """Propose another quantity for a line of a household that has no agreement and is not shown first."""
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    shown = first_example(on).household.pk
    rows = InventoryItem.objects.filter(valid_until=None, household__valid_until=None)
    free = rows.exclude(household__in=Agreement.objects.values("household")).exclude(household=shown)
    item = free.order_by("line_no").first()
    if item is None:
        return
    given = ItemCorrection(item.line_no, quantity=f"{item.quantity.normalize() + 1:f}")
    paper = Document(_DOCUMENT, on, _REASON)
    propose_item(item.household_id, given, paper, on=on, actor=clerk, at=at)
