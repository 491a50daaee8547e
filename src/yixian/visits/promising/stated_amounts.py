"""承诺里的数: sums of money, rates and areas that a text names, in digits or in Han numerals, as people say them.

Days, people, telephone numbers and house numbers are none of these. A vague sum (几千块) is a sum without a value.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yixian.domain.numerals import NUMERAL, value_of
from yixian.visits.promising.around import ABOUT, AT_LEAST, HALF, ROUGHLY
from yixian.visits.promising.rates import FIXED, RATES, TIMES
from yixian.visits.promising.spellings import common_spelling
from yixian.visits.promising.sums import SUMS


class AmountKind(StrEnum):
    """What is measured."""

    MONEY = "money"
    RATE = "rate"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """A figure as it stands in the text. ``value`` is yuan, per cent, or the area's number; None where it is vague."""

    kind: AmountKind
    value: Decimal | None
    said: str


_ABOUT_AREA = rf"{AT_LEAST}(?P<number>{NUMERAL}){ABOUT}"
_AREAS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"{_ABOUT_AREA}\s{{0,4}}(?:个)?(?:平方米|平方|平米|㎡|m²|m2|亩|公顷|分地|平(?![安时常方整]|板车)|"
            rf"square met(?:re|er)s?|sqm|mu\b){HALF}{ROUGHLY}"
        ),
        r"(?P<vague>十?[几数][十百千]{0,6})\s{0,4}(?:个)?(?:平方米|平米|㎡|亩|公顷|分地)",
    )
)
_PATTERNS = (
    *((AmountKind.RATE, pattern) for pattern in RATES),
    *((AmountKind.AREA, pattern) for pattern in _AREAS),
    *((AmountKind.MONEY, pattern) for pattern in SUMS),
)
_SMALL = {
    **dict.fromkeys(("角钱", "毛钱", "角", "毛"), Decimal("0.1")),
    "分钱": Decimal("0.01"),
}
_BEHIND = {
    name: Decimal(size)
    for name, size in (("jiao", "0.1"), ("tenths", "0.1"), ("cents", "0.01"), ("fen", "0.01"))
}
"""Yuan in one of what stands behind the yuan: 三元五角二分, 三块五."""
_NOT_EXACT = ("vague", "about", "least", "more", "over")
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)
_LARGE = {"千": Decimal(1000), "万": Decimal(10_000)}
_TOGETHER = Decimal(1)
"""一块: a yuan only before 钱; otherwise it means "together"."""


def amounts_in(text: str) -> tuple[StatedAmount, ...]:
    """The figures of a text, in its order."""
    text = common_spelling(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, StatedAmount]] = []
    for kind, pattern in _PATTERNS:
        for begin, end, figure in _matches(kind, pattern, text):
            place = bisect(taken, (begin, end))
            before = place > 0 and taken[place - 1][1] > begin
            if not before and (place == len(taken) or taken[place][0] >= end):
                taken.insert(place, (begin, end))
                if figure is not None:
                    found.append((begin, figure))
    return tuple(figure for _begin, figure in sorted(found, key=lambda one: one[0]))


def _matches(
    kind: AmountKind, pattern: re.Pattern[str], text: str
) -> Iterator[tuple[int, int, StatedAmount | None]]:
    """Where a pattern holds and what it says there; None for a turn of speech that is no amount (一分钱不少)."""
    for match in pattern.finditer(text):
        groups = match.groupdict()
        if groups.get("idiom"):
            yield match.start(), match.end(), None
            continue
        said = match.group().strip()
        value = _value(kind, said, groups)
        if said.endswith("块") and value is not None and value <= _TOGETHER:
            continue
        yield match.start(), match.end(), StatedAmount(kind, value, said)


def _value(kind: AmountKind, said: str, groups: dict[str, str | None]) -> Decimal | None:
    """Yuan for money, per cent for a rate, the number as said for an area; None for what is no one number: 两三千, 三万左右."""
    if any(groups.get(name) for name in _NOT_EXACT):
        return None
    if fixed := groups.get("fixed"):
        return FIXED[fixed]
    value = value_of(groups["number"] or "")
    if value is not None and groups.get("half"):
        value += _HALF
    if value is None or kind == AmountKind.AREA:
        return value
    if kind == AmountKind.MONEY:
        small = [(name, part) for name in _BEHIND if (part := groups.get(name))]
        if small:
            return value + sum((_BEHIND[name] * (value_of(part) or 0) for name, part in small), Decimal(0))
        return value * next((size for unit, size in _SMALL.items() if said.endswith(unit)), Decimal(1))
    return _per_cent(value, groups)


def _per_cent(value: Decimal, groups: dict[str, str | None]) -> Decimal | None:
    if whole := groups.get("whole"):  # 三分之一
        parts = value_of(whole)
        return value * _HUNDRED / parts if parts else None
    if part_of := groups.get("part_of"):  # 千分之五
        return value * _HUNDRED / _LARGE[part_of]
    times = groups.get("times")
    if times == "折":  # 八折 and 八五折
        return value * 10 if value < Decimal(10) else value
    return value * TIMES[times] if times else value
