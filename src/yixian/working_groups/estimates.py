"""估计: what the sample says of all, with its bounds, and who was drawn and could not be asked.

A share has Wilson's interval, a mean the normal one with the correction for a finite frame; both 95 %. Fewer than ten answers
estimate nothing. Decimals to the end: no sum of money is a binary fraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from yixian.engines.sampling import Z_95, wilson
from yixian.working_groups.choices import CheckOutcome
from yixian.working_groups.limits import MIN_HOUSEHOLDS, TOLERANCE
from yixian.working_groups.models import CheckMeasure, CheckResult, Sample

_FEN = Decimal("0.01")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent with its bounds, to a tenth, of so many asked."""

    asked: int
    per_cent: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean in yuan with its bounds, to a fen, of so many asked."""

    asked: int
    yuan: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Findings:
    """What the sample found. A figure is None where fewer than ten were asked for it. ``dropped`` counts by outcome."""

    size: int
    drawn: int
    checked: int
    dropped: dict[str, int]
    different: Share | None
    timber: Mean | None
    wage: Mean | None
    rebuild: Mean | None
    checkers: int

    @property
    def dropped_labels(self) -> list[tuple[str, int]]:
        """Why drawn households were not checked, in words, and how many."""
        return [(str(CheckOutcome(kind).label), count) for kind, count in self.dropped.items()]


def findings(sample: Sample) -> Findings:
    """The findings of a sample, from its results alone. Three statements."""
    results = list(CheckResult.objects.filter(sampled__draw__sample=sample).order_by("pk"))
    done = [one for one in results if one.outcome == CheckOutcome.DONE]
    outcomes = Counter(one.outcome for one in results)
    measured = CheckMeasure.objects.filter(result__sampled__draw__sample=sample)
    by_result: dict[int, list[CheckMeasure]] = {}
    for one in measured:
        by_result.setdefault(one.result_id, []).append(one)
    return Findings(
        size=sample.size,
        drawn=sample.draw.households.count(),
        checked=len(done),
        dropped={
            kind: outcomes[kind]
            for kind in CheckOutcome.values
            if kind != CheckOutcome.DONE and outcomes[kind]
        },
        different=_different(list(by_result.values()), sample.size),
        timber=mean([one.timber_yuan for one in done], sample.size),
        wage=mean([one.wage_yuan for one in done], sample.size),
        rebuild=mean([one.rebuild_yuan for one in done], sample.size),
        checkers=len({one.by_id for one in results}),
    )


def mean(values: Sequence[Decimal | None], population: int) -> Mean | None:
    """The mean of the values that are there, of a population of so many; None of fewer than ten."""
    known = [one for one in values if one is not None]
    if len(known) < MIN_HOUSEHOLDS:
        return None
    with localcontext() as exact:
        exact.prec = 40
        n = Decimal(len(known))
        middle = sum(known, Decimal(0)) / n
        variance = sum(((one - middle) ** 2 for one in known), Decimal(0)) / (n - 1)
        finite = max(Decimal(0), 1 - n / Decimal(max(population, len(known))))
        half = Z_95 * (variance / n * finite).sqrt()
        return Mean(len(known), _fen(middle), _fen(middle - half), _fen(middle + half))


def is_different(measure: CheckMeasure) -> bool:
    """Whether something measures more than five in a hundred more or less than what was recorded."""
    return bool(abs(measure.quantity - measure.recorded) > measure.recorded * TOLERANCE)


def _different(households: list[list[CheckMeasure]], population: int) -> Share | None:
    if len(households) < MIN_HOUSEHOLDS:
        return None
    found = sum(any(is_different(one) for one in measures) for measures in households)
    interval = wilson(found, len(households), population=population)
    shown = (_per_cent(one) for one in (interval.share, interval.low, interval.high))
    return Share(len(households), *shown)


def _per_cent(share: float) -> Decimal:
    return (Decimal(repr(share)) * 100).quantize(_TENTH, ROUND_HALF_UP)


def _fen(value: Decimal) -> Decimal:
    return value.quantize(_FEN, ROUND_HALF_UP)
