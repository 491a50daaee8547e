"""施行题: is it in force on this day? Asked of the days at a document's or a price's beginning and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from yixian.domain.policy import Document, Pack
from yixian.domain.policy.periods import Period
from yixian.engines.entitlements import unit_word
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.question import Kind, Option, Question, Shown, Words, cite
from yixian.quizzes.drawing.wording import DECIDED, DRAFT, PERIOD, STATE, about, day, period, price_a_unit

IN_FORCE, NOT_YET, NO_LONGER, NOT_DECIDED = range(4)

ANSWERS = (
    Words("在施行", "Yes, it is in force"),
    Words("还没有施行", "No, not yet"),
    Words("已经不再施行", "No, no longer"),
    Words("还没有定下来，谈不上施行", "No, it is not decided at all"),
)

_DAY = timedelta(days=1)


def force_question(pack: Pack, lots: Lots) -> Question | None:
    """A document, or a price, and a day near its beginning or its end."""
    documents = [one for one in pack.documents.values() if one.clauses]
    prices = [one for one in pack.prices if one.document in pack.documents and one.clause and one.amount > 0]
    if prices and lots.below(2):
        ending = [price for price in prices if price.valid_until is not None]
        price = lots.pick(ending if ending and lots.below(2) else prices)
        document, item = pack.documents[price.document], pack.items[price.item_code]
        unit = Words(unit_word(pack, item.unit, "zh"), unit_word(pack, item.unit, "en"))
        figure = price_a_unit(price.amount, pack.currency, unit)
        what = Words(f"单价“{item.name_zh} {figure.zh}”", f"the price “{item.name_en}, {figure.en}”")
        both = Period(
            max(price.valid_from, document.valid_from), _first(price.valid_until, document.valid_until)
        )
        if both.is_empty:
            return None
        shown = (
            Shown(STATE, DECIDED if document.is_decided else DRAFT),
            Shown(PERIOD, period(both)),
        )
        return _asked(pack, document, what, both, shown, price.clause, lots)
    if not documents:
        return None
    document = lots.pick(documents)
    what = Words(f"文件《{document.title_zh}》", f"the document “{document.title_en}”")
    return _asked(pack, document, what, document.period, about(document), next(iter(document.clauses)), lots)


def answer_on(on: date, document: Document, within: Period) -> int:
    """The right answer's position: in force on its first day, no longer on the day it ends."""
    if not document.is_decided:
        return NOT_DECIDED
    if on < within.begin:
        return NOT_YET
    return IN_FORCE if within.holds(on) else NO_LONGER


def _asked(
    pack: Pack,
    document: Document,
    what: Words,
    within: Period,
    shown: tuple[Shown, ...],
    clause: str,
    lots: Lots,
) -> Question:
    on = lots.pick(list(_days_near(within)))
    told, right = day(on), answer_on(on, document, within)
    said = ANSWERS[right]
    return Question(
        kind=Kind.FORCE,
        asked=Words(f"{told.zh}这一天，{what.zh}在施行吗？", f"On {told.en}, is {what.en} in force?"),
        shown=shown,
        reading=(),
        options=tuple(Option(words) for words in ANSWERS),
        right=right,
        because=Words(
            f"{said.zh}。施行期从第一天算起；到期的那一天已经不算。草案不施行。",
            f"{said.en}. The first day counts; the day on which it ends does not. A draft is never in force.",
        ),
        cited=(cite(pack, document.id, clause),),
    )


def _days_near(within: Period) -> Iterator[date]:
    yield within.begin - _DAY
    yield within.begin
    yield within.begin + _DAY
    if within.end is not None:
        yield within.end - _DAY
        yield within.end
        yield within.end + _DAY


def _first(one: date | None, other: date | None) -> date | None:
    return min((end for end in (one, other) if end is not None), default=None)
