"""示范暂缓: one household has a stone house, which the policy does not price; its account is withheld until that is decided."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yixian.compensation.actions.correct_account import correct_account
from yixian.compensation.models import Agreement
from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, LEAD, user_actor
from yixian.inventory.actions.correct_item import ItemCorrection
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.models import InventoryItem
from yixian.registry.access import household_scope
from yixian.registry.actions.decide_change import agree
from yixian.registry.models import Household
from yixian.registry.second_person import Document

_SURVEYED = "house.auxiliary"
_CODE = "house.auxiliary.stone"
_REASON = "复核时看到是石木结构，政策里没有这一类（演示）"
_DOCUMENT = "复核单2026-02（演示）"


def stone_house_stands() -> bool:
    """Whether the line was put right."""
    return InventoryItem.objects.filter(item_code=_CODE).exists()


@transaction.atomic
def find_stone_house(*, at: datetime) -> None:
    """Put right a line that was taken for an ordinary auxiliary house, and reckon that household again.

    It is one of the cadre's households if any has such a line, so that all who lead there see the withheld account, too.
    """
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    cadres = household_scope(user_actor("cadre", at=at))
    item = _line(cadres, at) or _line(household_scope(clerk), at)
    if item is None:
        return
    given = ItemCorrection(item.line_no, item_code=_CODE)
    paper = Document(_DOCUMENT, on, _REASON)
    change = propose_item(item.household_id, given, paper, on=on, actor=clerk, at=at)
    agree(change.pk, actor=user_actor(LEAD, at=at), at=at)
    correct_account(item.household_id, _REASON, _DOCUMENT, actor=clerk, at=at)


def _line(households: QuerySet[Household], at: datetime) -> InventoryItem | None:
    """The last line of the kind at a household that is not shown first and has no agreement."""
    shown = first_example(timezone.localdate(at)).household.pk
    free = households.exclude(pk=shown).exclude(pk__in=Agreement.objects.values("household"))
    rows = InventoryItem.objects.filter(
        item_code=_SURVEYED, valid_until=None, household__in=free.values("pk")
    )
    return rows.order_by("-line_no").first()
