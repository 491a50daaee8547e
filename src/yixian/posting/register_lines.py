"""公示名单: the lines of a village's list as the register has them on a day, their hash, and what a next round must show.

Land is what the pack measures in mu, with what grows on it; all other items are property; of people a household's line counts
who is entitled. Nothing of a line is an identity number, a telephone, an account or anybody's health.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from yixian.domain.policy import Pack
from yixian.inventory.models import InventoryItem
from yixian.kernel.intervals import in_force
from yixian.posting.choices import PostedList
from yixian.posting.models import PostedLine, Posting
from yixian.registry.access import below
from yixian.registry.choices import Eligibility
from yixian.registry.models import Area, Household, HouseholdMember

_LAND_UNIT = "mu"
Key = tuple[str, str]
"""A household's number and the line's; "" for the line of its people."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """公示行: one line of a list. ``detail`` names the people who are counted; ``is_gone``: it stood in an earlier round only."""

    household_no: str
    head_name: str
    line_no: str
    item_code: str
    quantity: Decimal
    detail: str = ""
    is_gone: bool = False

    @property
    def key(self) -> Key:
        """By which it is the same line in every round."""
        return self.household_no, self.line_no


def register_lines(area: Area, posted: PostedList, on: date, pack: Pack) -> list[ListLine]:
    """The lines of a village's list as the register has them on a day, by household and line."""
    if posted is PostedList.POPULATION:
        return _people(area, on)
    rows = InventoryItem.objects.filter(below(area.path, "area_path"), in_force(on))
    return [
        ListLine(
            row.household.household_no,
            _head_name(row.household),
            row.line_no,
            row.item_code,
            row.quantity,
        )
        for row in rows.select_related("household__head").order_by("household__household_no", "line_no")
        if _is_land(pack, row.item_code) == (posted is PostedList.LAND)
    ]


def posted_lines(area_id: int, posted: PostedList) -> list[ListLine]:
    """What all rounds of a list together leave: of each line what was posted last."""
    found: dict[Key, ListLine] = {}
    rows = PostedLine.objects.filter(posting__area=area_id, posting__list=posted)
    for row in rows.order_by("posting__round", "position"):
        line = line_of(row)
        found[line.key] = line
    return sorted((line for line in found.values() if not line.is_gone), key=lambda line: line.key)


def lines_of(posting: Posting) -> list[ListLine]:
    """The lines of one posting as they hang."""
    return [line_of(row) for row in posting.lines.order_by("position")]


def changes(before: Iterable[ListLine], now: Iterable[ListLine]) -> list[ListLine]:
    """What a next round has to show: the lines that are new or other than posted, and those that are gone."""
    old = {line.key: line for line in before}
    new = {line.key: line for line in now}
    changed = [line for key, line in new.items() if old.get(key) != line]
    gone = [replace(line, is_gone=True) for key, line in old.items() if key not in new]
    return sorted([*changed, *gone], key=lambda line: line.key)


def sha256_of(lines: Iterable[ListLine]) -> str:
    """The hash of lines: of their JSON, each an array of its texts in the order of the fields, in the lines' order."""
    rows = [
        [
            line.household_no,
            line.head_name,
            line.line_no,
            line.item_code,
            f"{line.quantity:.4f}",
            line.detail,
            line.is_gone,
        ]
        for line in lines
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def line_of(row: PostedLine) -> ListLine:
    """A posted row as a line."""
    return ListLine(
        row.household_no,
        row.head_name,
        row.line_no,
        row.item_code,
        row.quantity,
        row.detail,
        row.is_gone,
    )


def _people(area: Area, on: date) -> list[ListLine]:
    names: dict[int, list[str]] = defaultdict(list)
    members = HouseholdMember.objects.filter(in_force(on), eligibility=Eligibility.ELIGIBLE)
    households = Household.objects.filter(below(area.path, "area_path"), in_force(on))
    for row in members.filter(household__in=households).select_related("person").order_by("pk"):
        names[row.household_id].append(row.person.name)
    return [
        ListLine(
            household.household_no,
            _head_name(household),
            "",
            "",
            Decimal(len(names[household.pk])),
            "、".join(names[household.pk]),
        )
        for household in households.select_related("head").order_by("household_no")
    ]


def _head_name(household: Household) -> str:
    return household.head.name if household.head else ""


def _is_land(pack: Pack, item_code: str) -> bool:
    item = pack.items.get(item_code)
    return item is not None and item.unit == _LAND_UNIT
