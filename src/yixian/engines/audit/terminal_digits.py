"""末位数字: terminal digits of what one measurer wrote, against what all others wrote of the same things.

Numbers that are made up, and not measured, end in some digits more often than in others (digit preference). What is usual
differs by what is measured (a product of two lengths ends in 0 in a quarter of all cases), so the expected share of a digit is
that among the other measurers' numbers of the same kind and as many decimals. A sum of trials with differing shares has a
lighter upper tail than the binomial with their mean (Hoeffding 1956), so the exact binomial tail of that mean errs towards
asking nothing. False discoveries among all measurers, batches and digits are held by Benjamini and Hochberg's procedure (1995).
A batch is what one measured in one area (or week, where sheets name no area): who makes up one village's numbers may measure
thirty others.

The question is about sheets. Nobody gets a score, and no name stands in it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yixian.engines.audit.findings import DIGITS, Findings, Question, Unchecked
from yixian.engines.audit.surveyed import SurveyedItem, SurveyedSheet, SurveyTables

FALSE_DISCOVERY_RATE = 0.01
MIN_VALUES = 20
"""Numbers of one measurer below which nothing is asked."""
MIN_RATIO = 1.5
"""How many times as often as expected a digit must stand there, however many numbers there are."""
_MIN_OTHERS = 200
"""Numbers of other measurers from which on they say what is usual."""
_MEASURED = (0.1,) * 10
_PRODUCT = (0.27, 0.1, 0.12, 0.1, 0.12, 0.1, 0.12, 0.1, 0.12, 0.1)
"""The last digit of a product of two numbers, and a tenth where that is less: what is computed, where nobody else is."""

Stratum = tuple[str, int]
"""What was measured, and to how many decimals."""


@dataclass(frozen=True, slots=True)
class EndDigit:
    """A number that somebody wrote: in which sheet, about what, and its last digit."""

    sheet: SurveyedSheet
    stratum: Stratum
    digit: int
    is_computed: bool


@dataclass(frozen=True, slots=True)
class DigitExcess:
    """A digit that one measurer's numbers end in so often: how many of how many, and how many were to be expected."""

    measurer: str
    batch: str
    digit: int
    count: int
    values: int
    expected: float
    p_value: float


def check_digits(tables: SurveyTables) -> Findings:
    """Questions about the sheets of measurers whose numbers end in a digit far more often than others' do."""
    ends = list(end_digits(tables))
    excesses = digit_excesses(ends)
    questions: dict[tuple[str, int], Question] = {}
    for excess in sorted(excesses, key=lambda one: one.values):
        for instance, question in _questions(excess, ends):
            questions.setdefault((instance, excess.digit), question)
    few = sum(1 for n in Counter(end.sheet.measurer for end in ends).values() if n < MIN_VALUES)
    return Findings(tuple(questions.values()), tuple(_unchecked(ends, few)))


def digit_excesses(ends: Iterable[EndDigit]) -> list[DigitExcess]:
    """What stands out among all measurers, batches and digits, at the false discovery rate `FALSE_DISCOVERY_RATE`."""
    groups: dict[tuple[str, str], list[EndDigit]] = defaultdict(list)
    usual: dict[Stratum, Counter[int]] = defaultdict(Counter)
    for end in ends:
        for batch in {"", _batch(end.sheet)}:
            groups[end.sheet.measurer, batch].append(end)
        usual[end.stratum][end.digit] += 1
    tests = [
        test
        for (measurer, batch), own in sorted(groups.items())
        if len(own) >= MIN_VALUES
        for test in _tests(measurer, batch, own, usual)
    ]
    kept = benjamini_hochberg([test.p_value for test in tests], FALSE_DISCOVERY_RATE)
    return [test for test, is_kept in zip(tests, kept, strict=True) if is_kept and _is_large(test)]


def _batch(sheet: SurveyedSheet) -> str:
    """The area of a sheet; the week where it names none; "" where it has no day either."""
    return sheet.area_code or (f"{sheet.day:%G-W%V}" if sheet.day else "")


def binomial_tail(count: int, values: int, share: float) -> float:
    """P(X >= count) of a binomial X of so many trials, summed term by term."""
    if count <= 0:
        return 1.0
    if share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    log_p, log_q = math.log(share), math.log1p(-share)
    terms = (
        math.lgamma(values + 1)
        - math.lgamma(k + 1)
        - math.lgamma(values - k + 1)
        + k * log_p
        + (values - k) * log_q
        for k in range(count, values + 1)
    )
    return min(1.0, math.fsum(map(math.exp, terms)))


def benjamini_hochberg(p_values: list[float], rate: float) -> list[bool]:
    """Of each p-value whether it is a discovery at a false discovery rate."""
    ranked = sorted(p_values)
    last = max(
        (p for rank, p in enumerate(ranked, 1) if p <= rate * rank / len(ranked)),
        default=-1.0,
    )
    return [p <= last for p in p_values]


def end_digits(tables: SurveyTables) -> Iterator[EndDigit]:
    """The last digits of all measures; of the quantities where no measures are given.

    A column's numbers have as many decimals as most of them need; one of a single figure has no end to speak of.
    """
    numbers = list(_numbers(tables))
    decimals = _decimals((what, value) for _sheet, what, value, _computed in numbers)
    for sheet, what, value, is_computed in numbers:
        places = decimals[what]
        whole = value.scaleb(places)
        if whole == whole.to_integral_value() and abs(whole) >= 10:
            yield EndDigit(sheet, (what, places), int(abs(whole)) % 10, is_computed)


def _numbers(tables: SurveyTables) -> Iterator[tuple[SurveyedSheet, str, Decimal, bool]]:
    sheets = tables.sheet_by_line
    if tables.measures:
        for line, name, value in tables.measures:
            item: SurveyedItem | None = tables.item_by_line.get(line)
            if item is not None and line in sheets and sheets[line].measurer:
                yield sheets[line], f"{item.item_code}/{name}", value, False
        return
    for one in tables.items:
        if one.quantity is not None and one.line_id in sheets and sheets[one.line_id].measurer:
            yield sheets[one.line_id], one.item_code, one.quantity, True


def _decimals(numbers: Iterable[tuple[str, Decimal]]) -> dict[str, int]:
    """By what is measured: the decimals that suffice for nineteen in twenty numbers (12.50 may be written 12.5)."""
    places: dict[str, Counter[int]] = defaultdict(Counter)
    for what, value in numbers:
        exponent = value.normalize().as_tuple().exponent
        places[what][max(0, -exponent) if isinstance(exponent, int) else 0] += 1
    found = {}
    for what, counts in places.items():
        enough, seen = counts.total() * 0.95, 0
        for n in sorted(counts):
            seen += counts[n]
            if seen >= enough:
                found[what] = n
                break
    return found


def _tests(
    measurer: str, batch: str, own: list[EndDigit], usual: Mapping[Stratum, Counter[int]]
) -> Iterator[DigitExcess]:
    mine: dict[Stratum, Counter[int]] = defaultdict(Counter)
    is_computed = {}
    for end in own:
        mine[end.stratum][end.digit] += 1
        is_computed[end.stratum] = end.is_computed
    counted = Counter(end.digit for end in own)
    for digit in range(10):
        expected = sum(
            counts.total() * _share(usual[stratum] - counts, digit, is_computed=is_computed[stratum])
            for stratum, counts in mine.items()
        )
        p_value = binomial_tail(counted[digit], len(own), expected / len(own))
        yield DigitExcess(measurer, batch, digit, counted[digit], len(own), expected, p_value)


def _share(others: Counter[int], digit: int, *, is_computed: bool) -> float:
    """The share of a digit among others' numbers, never less than a tenth."""
    if others.total() >= _MIN_OTHERS:
        return max(0.1, others[digit] / others.total())
    return (_PRODUCT if is_computed else _MEASURED)[digit]


def _is_large(test: DigitExcess) -> bool:
    return test.count >= MIN_RATIO * test.expected


def _questions(excess: DigitExcess, ends: list[EndDigit]) -> Iterator[tuple[str, Question]]:
    """One for each sheet of the measurer and batch that has such a number, with its instance."""
    sheets: dict[str, SurveyedSheet] = {}
    here: Counter[str] = Counter()
    for end in ends:
        is_of = end.sheet.measurer == excess.measurer and excess.batch in {"", _batch(end.sheet)}
        if is_of and end.digit == excess.digit:
            sheets[end.sheet.instance] = end.sheet
            here[end.sheet.instance] += 1
    for instance, sheet in sheets.items():
        zh = (
            f"这张表是一批表里的一张：同一人量的 {excess.values} 个数里有 {excess.count} 个末位是 {excess.digit}，"
            f"照别人量的应当有 {excess.expected:.1f} 个（这张表里有 {here[instance]} 个）：是量的，还是估的？"
        )
        en = (
            f"This sheet is one of a number by one measurer: of {excess.values} numbers {excess.count} end in "
            f"{excess.digit}, where {excess.expected:.1f} were expected from others' ({here[instance]} on this sheet): "
            "was it measured or estimated?"
        )
        yield instance, Question(sheet.household_id, "", DIGITS, zh, en)


def _unchecked(ends: list[EndDigit], few: int) -> Iterator[Unchecked]:
    if not ends:
        yield Unchecked(
            DIGITS,
            "没有两位以上的数，或者不知道是谁量的（measurer）。",
            "There are no numbers of two figures, or nothing says who measured (measurer).",
        )
    elif few:
        yield Unchecked(
            DIGITS,
            f"{few} 位测量人的数不到 {MIN_VALUES} 个，没有看末位。",
            f"{few} measurers have fewer than {MIN_VALUES} numbers; their last digits were not looked at.",
        )
