"""示范个案: an agreement was signed, then a line of the survey was put right; the new account waits for somebody to decide."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yixian.compensation.actions.correct_account import correct_account
from yixian.compensation.models import AccountCase, Agreement
from yixian.demo.sign_ins import CLERK, LEAD, user_actor
from yixian.inventory.actions.correct_item import ItemCorrection
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.models import InventoryItem
from yixian.registry.actions.decide_change import agree
from yixian.registry.second_person import Document

_ITEM = "facility.concrete_yard"
_REASON = "复核丈量，院坝少登记一平方米（演示）"
_DOCUMENT = "复核单2026-01（演示）"


def case_stands() -> bool:
    """Whether a case was made, or there is no agreement that one could be about."""
    return AccountCase.objects.exists() or _agreement() is None


@transaction.atomic
def make_case(*, at: datetime) -> None:
    """Put right a line of the first household that has an agreement, and reckon that household again."""
    agreement = _agreement()
    if agreement is None:
        return
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    rows = InventoryItem.objects.filter(household=agreement.household_id, valid_until=None)
    item = rows.filter(item_code=_ITEM).first() or rows.order_by("line_no")[0]
    given = ItemCorrection(item.line_no, quantity=str(item.quantity + 1))
    paper = Document(_DOCUMENT, on, _REASON)
    change = propose_item(agreement.household_id, given, paper, on=on, actor=clerk, at=at)
    agree(change.pk, actor=user_actor(LEAD, at=at), at=at)
    correct_account(agreement.household_id, _REASON, _DOCUMENT, actor=clerk, at=at)


def _agreement() -> Agreement | None:
    return Agreement.objects.order_by("pk").first()
