"""承诺题: what may you promise? Only what is decided, in force, and no more than it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yixian.domain.policy import Document, Pack, Price
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements import unit_word
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.question import Kind, Option, Question, Shown, Words, cite
from yixian.quizzes.drawing.wording import about, day, price_a_unit, zone_name

MAY_SAY, NOT_DECIDED, BEYOND, NOT_IN_FORCE = range(4)

ANSWERS = (
    Words("可以照条文说，并说明出处", "You may say so, in the clause's words and naming it"),
    Words("还没有定，不能承诺，等定了再答复", "It is not decided: promise nothing, and answer when it is"),
    Words(
        "超过已定的单价，不能承诺，只能按已定的说",
        "It is more than was decided: promise no more than the decided price",
    ),
    Words("这一天不在施行期内，不能作依据", "It is not in force on this day: it is nothing to rest on"),
)

_BECAUSE = (
    Words(
        "已定、在施行，也没有超出条文：可以说，要说明出处。",
        "It is decided, in force and within the clause: say it, and name the clause.",
    ),
    Words(
        "草案不作数。没有定的事，不能承诺。",
        "A draft counts for nothing. What is not decided is never promised.",
    ),
    Words(
        "比已定的单价高，哪怕高一分，也不能承诺。",
        "Whatever is above the decided price, be it by one fen, is not to be promised.",
    ),
    Words(
        "不在施行期内的条文，不能拿来答复群众。",
        "A clause that is not in force on the day is no answer to anybody.",
    ),
)

_PER_CENT = (100, 100, 105, 110, 120, 150)
"""What is asked for, in per cent of the decided price."""


def promise_question(pack: Pack, on: date, lots: Lots) -> Question | None:
    """A household asks about a clause, or asks for a price; how is it to be answered?"""
    prices = [
        price for price in pack.prices_on(on) if price.amount > 0 and _is_paid_as_priced(pack, price, on)
    ]
    if prices and lots.below(2):
        return _about_price(pack, lots.pick(prices), on, lots)
    documents = [document for document in pack.documents.values() if document.clauses]
    return _about_clause(pack, lots.pick(documents), on, lots) if documents else None


def answer_for(document: Document, on: date) -> int:
    """How a question about a document's clause is to be answered on a day."""
    if not document.is_decided:
        return NOT_DECIDED
    return MAY_SAY if document.in_force(on) else NOT_IN_FORCE


def _is_paid_as_priced(pack: Pack, price: Price, on: date) -> bool:
    """Whether a household is paid this very price a unit: only then can it be promised or exceeded as it stands."""
    category = pack.items[price.item_code].category
    taking = [
        rule
        for rule in pack.rules_on(on)
        if rule.applies_to == ITEMS
        and not rule.measure
        and (not rule.categories or category in rule.categories)
    ]
    return bool(taking) and all(rule.formula.split() == ["quantity", "*", "price"] for rule in taking)


def _about_clause(pack: Pack, document: Document, on: date, lots: Lots) -> Question:
    cited = cite(pack, document.id, lots.pick(list(document.clauses)))
    right, today = answer_for(document, on), day(on)
    return Question(
        kind=Kind.PROMISE,
        asked=Words(
            f"{today.zh}，一户群众问起下面这一条，问能不能作数。你怎么答？",
            f"On {today.en} a household asks whether it can count on the clause below. What do you say?",
        ),
        shown=about(document),
        reading=(cited,),
        options=tuple(Option(words) for words in ANSWERS),
        right=right,
        because=_BECAUSE[right],
        cited=(cited,),
    )


def _about_price(pack: Pack, price: Price, on: date, lots: Lots) -> Question:
    item = pack.items[price.item_code]
    unit = Words(unit_word(pack, item.unit, "zh"), unit_word(pack, item.unit, "en"))
    coin = Decimal(1).scaleb(-pack.currency.digits)
    per_cent = lots.pick(_PER_CENT)
    asked = price.amount if per_cent == 100 else (price.amount * per_cent / 100).quantize(coin) + coin
    right = MAY_SAY if asked <= price.amount else BEYOND
    told, decided = price_a_unit(asked, pack.currency, unit), price_a_unit(price.amount, pack.currency, unit)
    zone, today = zone_name(pack, price.zone), day(on)
    cited = cite(pack, price.document, price.clause)
    return Question(
        kind=Kind.PROMISE,
        asked=Words(
            f"{today.zh}，一户群众问：{zone.zh}{item.name_zh}能不能按 {told.zh} 补？你怎么答？",
            f"On {today.en} a household asks: will “{item.name_en}”{f' ({zone.en})' if zone.en else ''} be paid at {told.en}?"
            " What do you say?",
        ),
        shown=(Shown(Words("已定单价", "Decided price"), decided), *about(pack.documents[price.document])),
        reading=(),
        options=tuple(Option(words) for words in ANSWERS),
        right=right,
        because=Words(
            f"{_BECAUSE[right].zh}已定单价是 {decided.zh}。",
            f"{_BECAUSE[right].en} The decided price is {decided.en}.",
        ),
        cited=(cited,),
    )
