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

from yixian.domain.numerals import DIGIT, LARGE, NUMERAL, UNIT, value_of
from yixian.visits.promising.spellings import common_spelling


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


_ABOUT = r"(?P<about>[多来把余几])?"
_AT_LEAST = (
    r"(?P<least>至少|起码|最少|不低于|不少于|不止|超过|大概|大约|约|差不多|将近|接近|近|不到|小(?=一))?"
)
_OR_MORE = rf"(?P<more>以上|左右|上下|开外|起步|零?{NUMERAL}[角毛分]|[一二三四五六七八九1-9](?![^\s，。；！？,.;!?]))?"
"""Around a sum: it is no exact one. A number right behind it (三块五) makes it another one."""
_NOT_PIECES = r"(?![地田土石木砖板牌菜宅山林水茶果布头儿去走玉])"
"""After 块: a piece of something, or "together", and no money."""
_COUNTED = (
    r"(?![人户口个名位斤公吨里次回天年月日号点时分秒周岁层栋间套棵株头只条张份封本页件台辆车趟步遍种样座眼袋桶根字米"
    r"多来把余\d零〇一二两三四五六七八九十百佰千仟万萬亿億.%平㎡亩元块圆毛角家届度级家些])"
)
"""After a large number without a unit: what is counted. Where nothing is, it is money: 给你们三万."""

_LATIN_UNIT = r"(?:yuan|rmb|kuai|cny)\b"
_MONEY_UNIT = rf"\s{{0,4}}(?:元(?![旦月宵])|圆(?!桌)|块钱|块{_NOT_PIECES}|{_LATIN_UNIT})"
_SPAN = r"\s{0,4}(?:[-~—–－～、至到]|或者?|\bto\b)\s{0,4}"
_ROUGHLY = r"(?P<more>以上|左右|上下|开外|起步)?"
_HAS_UNIT = rf"(?=[\d.{DIGIT}十拾]{{0,40}}[{UNIT}])"
"""Before a number: that it has a large unit."""

_SOME = (
    rf"(?P<vague>(?:{NUMERAL})?[几多来余数][十拾]?{LARGE}{{1,6}}[多来余]?|(?<![马晚早路桌身])上{LARGE}{{1,6}}|{LARGE}[把来]|"
    rf"个把{LARGE}|几个[万萬]|[十拾][几来]{NUMERAL}|(?<![几数{DIGIT}{UNIT}十拾\d]){LARGE}儿?(?:八[十百千]|十))"
)
"""几千, 几十万, 十几二十万, 上万, 千把, 百十块, 千儿八百: so much that nobody can be held to it."""
_NO_WARNING = r"(?![别要不注记])"
"""晚上千万别: by all means, and no ten million."""

_HALF = rf"(?P<vague>(?<![多一大小过])半个?[{UNIT}])"
"""半万: half of ten thousand; 多半万一 is none."""

_GIVEN = r"(?:给|补|发|赔|付|加|退|奖|贴|多|少|出)(?:[您你他她]们?)?家?"
_DIMES_END = r"(?=\s*(?:$|[^\w\s]|[每一人给]))"
"""Behind 五角 without 钱: the end of what is said. Four corners (四角), stars and towels have another word behind or no giver."""

_WORD = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|several|few|half|hundred|thousand|million|and)"
)
_ENGLISH = (
    rf"(?P<vague>\b{_WORD}(?:[\s-]{{1,4}}{_WORD}){{0,20}})(?:\s+{_LATIN_UNIT}|(?<=hundred|housand|million)"
    r"(?=\s*(?:$|[^\w\s]|(?:each|every|per|more|extra|for|to|in|once|now|if|when)\b)))"
)
"""Five hundred: in words a sum has no value, so that a clause carries it in digits only. Before a noun it counts something."""

_PATTERNS: tuple[tuple[AmountKind, re.Pattern[str]], ...] = (
    (AmountKind.RATE, re.compile(rf"百分之(?P<number>{NUMERAL})")),
    (AmountKind.RATE, re.compile(rf"(?P<number>{NUMERAL})\s*(?:%|per ?cent\b)")),
    (AmountKind.RATE, re.compile(rf"(?<![分完])(?P<number>{NUMERAL})(?P<times>成|倍)(?![立员果功熟])")),
    (AmountKind.RATE, re.compile(r"打(?P<vague>对)折")),
    (
        AmountKind.RATE,
        re.compile(rf"(?<![分完骨])(?P<number>{NUMERAL})(?P<times>折)(?![叠合腾断磨旧尺页扇弯返就])"),
    ),
    (
        AmountKind.AREA,
        re.compile(
            rf"(?P<number>{NUMERAL}){_ABOUT}\s{{0,4}}(?:个)?(?:平方米|平方|平米|㎡|m²|m2|亩|公顷|分地|平(?![安时常方整]|板车)|"
            rf"square met(?:re|er)s?|sqm|mu\b)"
        ),
    ),
    (AmountKind.RATE, re.compile(r"(?P<vague>百分之(?:好?几十?|十几)|[几数](?:成|倍)(?![立员果功熟]))")),
    (
        AmountKind.AREA,
        re.compile(r"(?P<vague>十?[几数][十百千]{0,6})\s{0,4}(?:个)?(?:平方米|平米|㎡|亩|公顷|分地)"),
    ),
    (AmountKind.MONEY, re.compile(rf"{_SOME}{_MONEY_UNIT}")),
    (AmountKind.MONEY, re.compile(rf"(?P<vague>[几数]十){_MONEY_UNIT}")),
    (AmountKind.MONEY, re.compile(r"(?P<vague>十?[几数])(?:块钱|元(?![旦月宵]))")),
    (AmountKind.MONEY, re.compile(rf"(?P<vague>{NUMERAL}{_SPAN}{NUMERAL}[多来余]?){_MONEY_UNIT}")),
    (AmountKind.MONEY, re.compile(rf"(?P<vague>{NUMERAL}{_SPAN}{_HAS_UNIT}{NUMERAL}){_COUNTED}")),
    (AmountKind.MONEY, re.compile(rf"(?:[¥￥]|rmb|cny|人民币)\s*(?P<number>{NUMERAL})")),
    (
        AmountKind.MONEY,
        re.compile(
            rf"{_AT_LEAST}(?P<number>{NUMERAL}){_ABOUT}\s{{0,4}}(?:元(?![旦月宵])|圆(?!桌)|块钱|块{_NOT_PIECES}|角钱|毛钱|分钱|"
            rf"{_LATIN_UNIT}){_OR_MORE}"
        ),
    ),
    (AmountKind.MONEY, re.compile(rf"(?P<number>(?<!\d)\d++(?:\.\d++)?)\s{{0,4}}[角毛]{_DIMES_END}")),
    (AmountKind.MONEY, re.compile(rf"{_GIVEN}(?P<number>{NUMERAL})[角毛]{_DIMES_END}")),
    (AmountKind.MONEY, re.compile(rf"{_HALF}(?:{_MONEY_UNIT}|{_COUNTED})")),
    (AmountKind.MONEY, re.compile(_ENGLISH)),
    (AmountKind.MONEY, re.compile(rf"{_SOME}{_COUNTED}{_NO_WARNING}")),
    (AmountKind.MONEY, re.compile(rf"(?P<number>{NUMERAL})(?<=[{UNIT}])(?P<about>[多来余]){_COUNTED}")),
    (
        AmountKind.MONEY,
        re.compile(rf"{_AT_LEAST}(?P<number>(?=[^{UNIT}]){_HAS_UNIT}{NUMERAL}){_COUNTED}{_ROUGHLY}"),
    ),
)
_SMALL = {
    **dict.fromkeys(("角钱", "毛钱", "角", "毛"), Decimal("0.1")),
    "分钱": Decimal("0.01"),
}
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
                found.append((begin, figure))
    return tuple(figure for _begin, figure in sorted(found, key=lambda one: one[0]))


def _matches(
    kind: AmountKind, pattern: re.Pattern[str], text: str
) -> Iterator[tuple[int, int, StatedAmount]]:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        said = match.group().strip()
        if any(groups.get(name) for name in ("vague", "about", "least", "more")):
            yield match.start(), match.end(), StatedAmount(kind, None, said)
            continue
        value = value_of(groups["number"])
        if value is None:  # 两三千, 五六百: between two numbers, and so neither of them
            yield match.start(), match.end(), StatedAmount(kind, None, said)
            continue
        if said.endswith("块") and value <= _TOGETHER:
            continue
        yield match.start(), match.end(), StatedAmount(kind, _in_units(kind, value, said, groups), said)


def _in_units(kind: AmountKind, value: Decimal, said: str, groups: dict[str, str | None]) -> Decimal:
    """Yuan for money, per cent for a rate, the number as said for an area."""
    if kind == AmountKind.MONEY:
        return value * next((size for unit, size in _SMALL.items() if said.endswith(unit)), Decimal(1))
    if kind == AmountKind.RATE and groups.get("times"):
        if groups["times"] == "折":  # 八折 and 八五折
            return value * 10 if value < Decimal(10) else value
        return value * (10 if groups["times"] == "成" else 100)
    return value
