"""一物两报: plots, tree rows and the like that two lines claim at one place, as spatial near-duplicates.

The place is the line's own, or else its sheet's. That of a sheet is where the surveyors stood, and says little: there the
quantities must be equal as well, unless it is the very same place, where hardly two measurements can have been made.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from yixian.engines.audit.findings import CLAIMED_TWICE, Findings, Question, Unchecked
from yixian.engines.audit.surveyed import SurveyedItem, SurveyTables

NEAR_METRES = 12.0
"""What two phones may differ by at one place."""
CLOSE_METRES = 5.0
"""Where plots and rows of two equal figures are enough."""
SAME_METRES = 2.0
MAX_AT_ONE_PLACE = 3
"""Households that are measured from one place; where there are more, it is where people meet, and says nothing of itself."""
_GROUND = frozenset({"land", "crop", "stand", "tree", "grave"})
"""Kinds of which there is one at a place."""
_AGREE = Decimal("0.02")
_TELLING = 3
"""Digits from which on two equal quantities are no matter of course."""
_METRES = 111_320.0
_CELL = NEAR_METRES / _METRES


@dataclass(frozen=True, slots=True)
class _Claim:
    """An item at a place; ``is_own``: the place is its own and not its sheet's."""

    item: SurveyedItem
    lon: float
    lat: float
    is_own: bool
    instance: str


def check_claims(tables: SurveyTables) -> Findings:
    """Questions about items of one code that two lines claim at one place."""
    claims, nowhere = _claims(tables)
    grid: dict[tuple[str, int, int], list[_Claim]] = defaultdict(list)
    for claim in claims:
        grid[claim.item.item_code, *_cell(claim)].append(claim)
    crowded = _crowded(tables)
    pairs = [
        (one, other)
        for one in claims
        for other in _around(grid, one)
        if one.item.line_id < other.item.line_id and _is_odd(one, other, crowded)
    ]
    questions: dict[str, Question] = {}
    for one, other in pairs:
        for asked, beside in ((one, other), (other, one)):
            questions.setdefault(asked.item.line_id, _question(asked, beside))
    return Findings(tuple(questions.values()), tuple(_unchecked(nowhere)))


def _claims(tables: SurveyTables) -> tuple[list[_Claim], int]:
    claims, nowhere = [], 0
    for item in tables.items:
        sheet = tables.sheet_by_line.get(item.line_id)
        instance = sheet.instance if sheet else item.instance
        if item.position is not None and item.is_exact:
            claims.append(_Claim(item, *item.position, is_own=True, instance=instance))
        elif sheet is not None and sheet.position is not None and sheet.is_exact:
            claims.append(_Claim(item, *sheet.position, is_own=False, instance=instance))
        else:
            nowhere += 1
    return claims, nowhere


def _cell(claim: _Claim) -> tuple[int, int]:
    """A square of the grid; its sides are no shorter than `NEAR_METRES` up to 60 degrees of latitude."""
    return math.floor(claim.lon / (2 * _CELL)), math.floor(claim.lat / _CELL)


def _around(grid: dict[tuple[str, int, int], list[_Claim]], claim: _Claim) -> Iterator[_Claim]:
    x, y = _cell(claim)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from grid.get((claim.item.item_code, x + dx, y + dy), ())


def _crowded(tables: SurveyTables) -> set[tuple[float, float]]:
    """Positions of sheets, to five decimals, that more households share than `MAX_AT_ONE_PLACE`."""
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    for sheet in tables.sheets:
        if sheet.position is not None:
            at[_rounded(*sheet.position)].add(sheet.household_id)
    return {place for place, households in at.items() if len(households) > MAX_AT_ONE_PLACE}


def _rounded(lon: float, lat: float) -> tuple[float, float]:
    return round(lon, 5), round(lat, 5)


def _is_odd(one: _Claim, other: _Claim, crowded: set[tuple[float, float]]) -> bool:
    metres = _metres(one, other)
    if metres > NEAR_METRES:
        return False
    if one.is_own and other.is_own:
        is_plot = one.item.category in _GROUND and metres <= SAME_METRES
        return is_plot or _agree(one.item, other.item)
    if one.instance == other.instance or one.item.household_id == other.item.household_id:
        return False
    is_measured = one.item.quantity is not None
    if is_measured and one.item.quantity == other.item.quantity and _is_telling(one.item, metres):
        return True
    is_meeting_place = _rounded(one.lon, one.lat) in crowded
    return metres <= SAME_METRES and one.item.category in _GROUND and not is_meeting_place


def _agree(one: SurveyedItem, other: SurveyedItem) -> bool:
    if one.quantity is None or other.quantity is None:
        return False
    return abs(one.quantity - other.quantity) <= _AGREE * max(one.quantity, other.quantity)


def _is_telling(item: SurveyedItem, metres: float) -> bool:
    """Whether a quantity has so many digits that hardly two are equal by chance at such a distance."""
    digits = f"{item.quantity:f}".replace(".", "").strip("0")
    is_close = metres <= CLOSE_METRES and item.category in _GROUND
    return len(digits) >= (_TELLING - 1 if is_close else _TELLING)


def _metres(one: _Claim, other: _Claim) -> float:
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(east, one.lat - other.lat) * _METRES


def _question(asked: _Claim, other: _Claim) -> Question:
    item, beside = asked.item, other.item
    metres = f"{_metres(asked, other):.0f}"
    zh = (
        f"{beside.household_id} 户的 {beside.line_id} 在 {metres} 米内也报了 {item.item_code}"
        f"（这里 {_said(item)}，那里 {_said(beside)}）：是不是同一样东西？"
    )
    en = (
        f"{beside.line_id} of household {beside.household_id} claims {item.item_code} within {metres} m as well "
        f"({_said(item)} here, {_said(beside)} there): is it the same thing?"
    )
    return Question(item.household_id, item.line_id, CLAIMED_TWICE, zh, en)


def _said(item: SurveyedItem) -> str:
    return "?" if item.quantity is None else f"{item.quantity:f}"


def _unchecked(nowhere: int) -> Iterator[Unchecked]:
    if nowhere:
        yield Unchecked(
            CLAIMED_TWICE,
            f"{nowhere} 项没有写到小数点后五位的位置（lon、lat），没有查重报。",
            f"{nowhere} items have no position written to five decimals (lon, lat) and were not looked for twice.",
        )
